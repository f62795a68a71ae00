import type { App } from '../app.ts'
import type { Permission } from '../access/permission-ids.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import type { Scheme } from './scheme.ts'
import { schemeError } from './schemes.errors.ts'
import { findScheme } from './schemes.store.ts'

/** The scheme, if the caller holds `permission`. Throws 403, then 404. */
export async function permittedScheme(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  schemeId: string,
  permission: Permission,
): Promise<Scheme> {
  if (!app.access.can(session, permission)) throw noPermission(permission)
  const scheme = await findScheme(app.db, schemeId)
  if (!scheme) throw schemeError('app.scheme.get.app_error')
  return scheme
}

/** Names and texts that a scheme may have. Throws 400. */
export function checkScheme(scheme: { name: string; display_name: string; description: string }): void {
  const fits =
    /^[a-z0-9_]{2,64}$/.test(scheme.name) &&
    scheme.display_name.trim() !== '' &&
    [...scheme.display_name].length <= 128 &&
    [...scheme.description].length <= 1024
  if (!fits) throw schemeError('app.scheme.save.invalid_scheme.app_error')
}
