import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { checkScheme, permittedScheme } from './scheme-access.ts'
import type { Scheme } from './scheme.ts'
import { schemeError } from './schemes.errors.ts'
import { nameIsTaken, updateScheme } from './schemes.store.ts'

/** Renames a scheme or describes it anew; null and missing fields stay. Throws 403, 404, 400. */
export async function patchScheme(
  app: App,
  session: Session,
  schemeId: string,
  patch: Partial<Record<'name' | 'display_name' | 'description', string | null>>,
): Promise<Scheme> {
  const permission = 'sysconsole_write_user_management_permissions'
  const scheme = await permittedScheme(app, session, schemeId, permission)
  const next = {
    name: patch.name ?? scheme.name,
    display_name: patch.display_name ?? scheme.display_name,
    description: patch.description ?? scheme.description,
  }
  checkScheme(next)
  return app.unitOfWork(async (tx) => {
    if (await nameIsTaken(tx.db, next.name, schemeId)) throw schemeError('app.scheme.save.invalid_scheme.app_error')
    const { display_name: displayname, name, description } = next
    return updateScheme(tx.db, schemeId, { name, displayname, description }, Date.now())
  })
}
