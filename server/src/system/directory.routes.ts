import type { App } from '../app.ts'
import type { Permission } from '../access/permission-ids.ts'
import { drain } from '../files/form-parts.ts'
import { noPermission } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { systemError } from './system.errors.ts'

const GROUPS_READ = 'sysconsole_read_user_management_groups'
const GROUPS_WRITE = 'sysconsole_write_user_management_groups'

/** Method, path, who may call, whether also over the local socket. */
const ROUTES: readonly (readonly ['GET' | 'POST' | 'DELETE', string, Permission, boolean])[] = [
  ['GET', 'groups', GROUPS_READ, true],
  ['POST', 'groups/:remote_id/link', GROUPS_WRITE, false],
  ['DELETE', 'groups/:remote_id/link', GROUPS_WRITE, false],
  ['POST', 'migrateid', 'manage_system', true],
  ['POST', 'sync', 'create_ldap_sync_job', true],
  ['POST', 'test', 'test_ldap', true],
  ['POST', 'test_connection', 'test_ldap', false],
  ['POST', 'test_diagnostics', 'test_ldap', false],
]

/** LDAP, which this server does not speak: whoever may look after it is told so as a Mattermost without LDAP tells it. */
export function directoryRoutes(app: Pick<App, 'access'>): Route[] {
  return ROUTES.map(([method, path, permission, local]) =>
    route({
      method,
      path: `/api/v4/ldap/${path}`,
      access: 'session',
      local,
      raw: true,
      handler: ({ session, request }) => {
        drain(request.raw)
        if (!app.access.can(session, permission)) throw noPermission(permission)
        throw systemError('api.ldap_groups.license_error')
      },
    }),
  )
}
