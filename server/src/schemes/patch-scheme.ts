import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { checkScheme, permittedScheme } from './scheme-access.ts'
import type { Scheme } from './scheme.ts'
import { schemeError } from './schemes.errors.ts'
import { findScheme, nameIsTaken, updateScheme } from './schemes.store.ts'

/** Renames a scheme or describes it anew; null and missing fields stay. Throws 403, 404, 400. */
export async function patchScheme(
  app: App,
  session: Session,
  schemeId: string,
  patch: Partial<Record<'name' | 'display_name' | 'description', string | null>>,
): Promise<Scheme> {
  const permission = 'sysconsole_write_user_management_permissions'
  await permittedScheme(app, session, schemeId, permission)
  return app.unitOfWork(async (tx) => {
    const scheme = await findScheme(tx.db, schemeId, { lock: true })
    if (!scheme) throw schemeError('app.scheme.get.app_error')
    const next = {
      name: patch.name ?? scheme.name,
      display_name: patch.display_name ?? scheme.display_name,
      description: patch.description ?? scheme.description,
    }
    checkScheme(next)
    if (await nameIsTaken(tx.db, next.name, schemeId)) throw schemeError('app.scheme.save.invalid_scheme.app_error')
    const { display_name: displayname, name, description } = next
    return updateScheme(tx.db, schemeId, { name, displayname, description }, Date.now())
  })
}
