import type { App } from '../app.ts'
import { roleNames } from '../access/role-names.ts'
import { noPermission } from '../http/errors.ts'
import { invalidBody } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { teamError } from '../teams/teams.errors.ts'
import { existingChannel } from './channel-access.ts'
import { memberError } from './channel-members.errors.ts'
import { findRoles, lockMember, updateMemberRoles } from './channel-members.store.ts'
import type { MemberRow } from './channel-members.store.ts'
import { memberView } from './channel-view.ts'
import { channelError } from './channels.errors.ts'
import type { SchemeRolesChange } from './channels.schemas.ts'

type Roles = Pick<MemberRow, 'roles' | 'schemeGuest' | 'schemeUser' | 'schemeAdmin'>

/**
 * Sets a member's roles by name: those of the channel's scheme become flags, others are kept as they are. Throws 403
 * without the right to, 404 for a non-member, 400 for a role that does not exist or belongs elsewhere, and for making a
 * guest of a member or the other way round.
 */
export async function setMemberRoles(
  app: App,
  session: Session,
  channelId: string,
  userId: string,
  roles: string | null | undefined,
): Promise<void> {
  const names = roleNames(roles ?? '')
  if (names.length === 0 || !names.every((name) => /^[a-z0-9_]{1,64}$/.test(name))) throw invalidBody('roles')
  const known = await findRoles(app.db, names)
  await changeRoles(app, session, channelId, userId, (member) => {
    const scheme = schemeRolesOf(app, member)
    const next = { roles: [] as string[], schemeGuest: false, schemeUser: false, schemeAdmin: false }
    for (const name of names) {
      const flag = scheme.get(name)
      if (flag) next[flag] = true
      else if (!known.has(name)) throw teamError('app.role.get_by_name.app_error', { Role: name })
      else if (known.get(name)) {
        throw memberError('api.channel.update_channel_member_roles.scheme_role.app_error', { Role: name })
      } else next.roles.push(name)
    }
    if (next.schemeGuest !== isGuest(member)) {
      throw memberError('api.channel.update_channel_member_roles.changing_guest_role.app_error')
    }
    return { ...next, roles: next.roles.join(' ') }
  })
}

/** Sets a member's flags. Throws as `setMemberRoles`; a guest can be nothing else. */
export async function setMemberSchemeRoles(
  app: App,
  session: Session,
  channelId: string,
  userId: string,
  change: SchemeRolesChange,
): Promise<void> {
  await changeRoles(app, session, channelId, userId, (member) => {
    if (isGuest(member)) throw memberError('api.channel.update_channel_member_roles.guest.app_error')
    if (change.scheme_guest) throw memberError('api.channel.update_channel_member_roles.user_and_guest.app_error')
    const roles = roleNames(member.roles).filter((name) => !/^channel_(guest|user|admin)$/.test(name))
    const { scheme_user: schemeUser, scheme_admin: schemeAdmin } = change
    return {
      roles: roles.join(' '),
      schemeGuest: false,
      schemeUser: schemeUser ?? false,
      schemeAdmin: schemeAdmin ?? false,
    }
  })
}

const isGuest = (member: MemberRow): boolean => member.schemeGuest || roleNames(member.roles).includes('channel_guest')

/** Names that stand for flags: those of the channel's or team's scheme, and the built-in ones. */
function schemeRolesOf(app: App, member: MemberRow): Map<string, 'schemeGuest' | 'schemeUser' | 'schemeAdmin'> {
  const flags = { guest: 'schemeGuest', user: 'schemeUser', admin: 'schemeAdmin' } as const
  const map = new Map<string, 'schemeGuest' | 'schemeUser' | 'schemeAdmin'>()
  for (const kind of ['guest', 'user', 'admin'] as const) {
    map.set(`channel_${kind}`, flags[kind])
    map.set(app.access.schemeRole('channel', kind, member.channelSchemeId, member.teamSchemeId), flags[kind])
  }
  return map
}

async function changeRoles(
  app: App,
  session: Session,
  channelId: string,
  userId: string,
  next: (member: MemberRow) => Roles,
): Promise<void> {
  await existingChannel(app, channelId)
  if (!(await app.access.canInChannel(session, channelId, 'manage_channel_roles'))) {
    throw noPermission('manage_channel_roles')
  }
  await app.unitOfWork(async (tx) => {
    const member = await lockMember(tx.db, channelId, userId)
    if (!member) throw channelError('app.channel.get_member.missing.app_error')
    const roles = next(member)
    const now = Date.now()
    await updateMemberRoles(tx.db, channelId, userId, roles, now)
    tx.changed({ kind: 'channelMember', channelId, userId, present: true })
    const view = memberView(app, { ...member, ...roles, lastUpdateAt: now })
    tx.publish(event('channel_member_updated', { userId }, { channelMember: JSON.stringify(view) }))
  })
}
