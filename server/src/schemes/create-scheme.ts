import type { App } from '../app.ts'
import { MODERATED_PERMISSIONS } from '../access/channel-scheme-roles.ts'
import { roleNames } from '../access/role-names.ts'
import type { NewRow } from '../database/tables.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { newId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { checkScheme } from './scheme-access.ts'
import { SCHEME_ROLES } from './scheme.ts'
import type { Scheme, SchemeRoleNames } from './scheme.ts'
import { schemeError } from './schemes.errors.ts'
import { findStoredPermissions, insertRoles, insertScheme } from './schemes.store.ts'

export interface SchemeDraft {
  readonly name?: string | null
  readonly display_name?: string | null
  readonly description?: string | null
  readonly scope?: string | null
}

/**
 * Makes a scheme for teams or channels with its roles, which start with the permissions of the built-in ones. Throws
 * 403, 400 for another scope, an impossible or a taken name.
 */
export async function createScheme(app: App, session: Session, draft: SchemeDraft): Promise<Scheme> {
  const permission = 'sysconsole_write_user_management_permissions'
  if (!app.access.can(session, permission)) throw noPermission(permission)
  const scope = draft.scope ?? ''
  if (scope !== 'team' && scope !== 'channel') throw invalidBody('scope')
  const now = Date.now()
  const texts = {
    name: draft.name || newId(),
    display_name: draft.display_name ?? '',
    description: draft.description ?? '',
  }
  checkScheme(texts)
  const kinds = SCHEME_ROLES.filter(([key]) => scope === 'team' || key.startsWith('default_channel_'))
  return app.unitOfWork(async (tx) => {
    const stored = await findStoredPermissions(
      tx.db,
      kinds.map(([, from]) => from),
    )
    const names = Object.fromEntries(SCHEME_ROLES.map(([key]) => [key, ''])) as Record<keyof SchemeRoleNames, string>
    const rows: NewRow<'roles'>[] = []
    for (const [key, from, title] of kinds) {
      names[key] = newId()
      const permissions = scope === 'team' ? (stored.get(from) ?? '') : moderated(from, stored.get(from) ?? '')
      rows.push(roleRow(names[key], `${title} Role for Scheme ${texts.name}`, permissions, now))
    }
    const times = { create_at: now, update_at: now, delete_at: 0 }
    const scheme: Scheme = { id: newId(), ...texts, ...times, scope, ...names }
    if (!(await insertScheme(tx.db, scheme))) throw schemeError('app.scheme.save.invalid_scheme.app_error')
    await insertRoles(tx.db, rows)
    tx.changed({ kind: 'roles' })
    return scheme
  })
}

/** A channel's scheme keeps only what can be moderated; the rest comes from the roles above it (see access/). */
const moderated = (from: string, stored: string): string =>
  from === 'channel_admin'
    ? ''
    : roleNames(stored)
        .filter((permission) => MODERATED_PERMISSIONS.has(permission))
        .map((permission) => ` ${permission}`)
        .join('')

const roleRow = (name: string, displayname: string, permissions: string, now: number): NewRow<'roles'> => ({
  id: newId(),
  name,
  displayname: displayname.slice(0, 128),
  description: '',
  createat: now,
  updateat: now,
  deleteat: 0,
  permissions,
  schememanaged: true,
  builtin: false,
})
