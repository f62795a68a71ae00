import { MODERATED_PERMISSIONS } from '../access/channel-scheme-roles.ts'
import type { ModerationPatch } from './channels.schemas.ts'

/** What can be moderated, in the order in which clients show it. */
const NAMES = ['create_post', 'create_reactions', 'manage_members', 'use_channel_mentions', 'manage_bookmarks'] as const
/** Guests never have these, so there is nothing to take from them. */
const NOT_FOR_GUESTS = new Set<string>(['manage_members', 'manage_bookmarks'])

type Permissions = ReadonlySet<string>
export type Who = 'members' | 'guests'
export type ByWho<T> = Readonly<Record<Who, T>>

/** One line of the moderation table: `value` holds here, `enabled` whether the team or system allows it at all. */
export interface Moderation {
  name: string
  roles: { members: Moderated; guests: Moderated | null }
}
interface Moderated {
  value: boolean
  enabled: boolean
}

/** Names of the moderated permissions that a role has in a channel of this type. */
function moderatedNames(permissions: Permissions, type: string): Set<string> {
  const other = type === 'O' ? '_private_channel' : '_public_channel'
  const names = new Set<string>()
  for (const permission of permissions) {
    const name = MODERATED_PERMISSIONS.get(permission)
    if (name && !permission.includes(other)) names.add(name)
  }
  return names
}

/** The moderation table of a channel from what its roles grant and what those above them would. */
export function moderationsOf(type: string, own: ByWho<Permissions>, higher: ByWho<Permissions>): Moderation[] {
  const has = { members: moderatedNames(own.members, type), guests: moderatedNames(own.guests, type) }
  const may = { members: moderatedNames(higher.members, type), guests: moderatedNames(higher.guests, type) }
  const cell = (who: Who, name: string): Moderated => ({
    value: has[who].has(name) && may[who].has(name),
    enabled: may[who].has(name),
  })
  return NAMES.map((name) => ({
    name,
    roles: { members: cell('members', name), guests: NOT_FOR_GUESTS.has(name) ? null : cell('guests', name) },
  }))
}

/** Whether a patch wants to give what the team or system does not. */
export function exceeds(type: string, patches: readonly ModerationPatch[], higher: ByWho<Permissions>): boolean {
  return (['members', 'guests'] as const).some((who) => {
    const may = moderatedNames(higher[who], type)
    return patches.some((patch) => patch.roles?.[who] === true && applies(patch, who) && !may.has(patch.name ?? ''))
  })
}

const applies = (patch: ModerationPatch, who: Who): boolean =>
  (NAMES as readonly string[]).includes(patch.name ?? '') && !(who === 'guests' && NOT_FOR_GUESTS.has(patch.name ?? ''))

/** The moderated permissions of a role after the patches; a later patch of the same name wins. */
export function patchedPermissions(own: Permissions, patches: readonly ModerationPatch[], who: Who): Set<string> {
  const result = new Set([...own].filter((permission) => MODERATED_PERMISSIONS.has(permission)))
  for (const patch of patches) {
    const value = patch.roles?.[who]
    if (typeof value !== 'boolean' || !applies(patch, who)) continue
    for (const [permission, name] of MODERATED_PERMISSIONS) {
      if (name !== patch.name) continue
      if (value) result.add(permission)
      else result.delete(permission)
    }
  }
  return result
}

/** Whether a role takes nothing away: then the channel needs no scheme of its own. */
export function takesNothing(own: Permissions, higher: Permissions): boolean {
  return [...higher].every((permission) => !MODERATED_PERMISSIONS.has(permission) || own.has(permission))
}
