import type { App } from '../app.ts'
import { clientLicense } from '../config/client-license.ts'
import type { Permission } from '../access/permission-ids.ts'
import { drain } from '../files/form-parts.ts'
import { noPermission } from '../http/errors.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Session } from '../sessions/session.ts'
import { systemError } from './system.errors.ts'

/** Nothing needs a licence here; these routes tell clients so in their own words. */
export function licenseRoutes(app: App): Route[] {
  const require = (session: Session, permission: Permission) => {
    if (!app.access.can(session, permission)) throw noPermission(permission)
  }
  return [...fileRoutes(require), ...trialRoutes(require), ...upgradeRoutes()]
}

type Require = (session: Session, permission: Permission) => void

function fileRoutes(require: Require): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/license/client',
      access: 'public',
      local: true,
      handler: ({ query }) => {
        if (query.text('format') !== 'old') throw systemError('api.license.client.old_format.app_error')
        return clientLicense()
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/license',
      access: 'session',
      local: true,
      raw: true,
      handler: ({ session, request }) => {
        drain(request.raw)
        require(session, 'manage_license_information')
        throw systemError('api.license.add_license.invalid.app_error')
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v4/license',
      access: 'session',
      local: true,
      handler: ({ session }) => {
        require(session, 'manage_license_information')
        return OK
      },
    }),
    route({ method: 'GET', path: '/api/v4/license/load_metric', access: 'session', handler: () => ({ load: 0 }) }),
  ]
}

function trialRoutes(require: Require): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/trial-license',
      access: 'session',
      raw: true,
      handler: ({ session, request }) => {
        drain(request.raw)
        require(session, 'manage_license_information')
        throw systemError('api.license.request-trial.can-start-trial.not-allowed')
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/trial-license/prev',
      access: 'session',
      handler: ({ session }) => {
        require(session, 'read_license_information')
        return { IsLicensed: 'false' }
      },
    }),
  ]
}

function upgradeRoutes(): Route[] {
  const path = '/api/v4/upgrade_to_enterprise'
  const refuse = () => {
    throw systemError('api.upgrade_to_enterprise.already-enterprise.app_error')
  }
  return [
    route({ method: 'POST', path, access: 'admin', status: 202, handler: refuse }),
    route({ method: 'GET', path: `${path}/allowed`, access: 'admin', handler: refuse }),
    route({
      method: 'GET',
      path: `${path}/status`,
      access: 'admin',
      handler: () => ({ percentage: 0, error: '' }),
    }),
  ]
}
