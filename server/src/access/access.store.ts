import type { Queries } from '../database/pool.ts'
import { mergedPermissions } from './channel-scheme-roles.ts'
import type { ChannelSchemeRole } from './channel-scheme-roles.ts'
import { roleNames } from './role-names.ts'

/** What permission checks need to know of a channel; counters are left out because every post moves them. */
export interface ChannelCore {
  readonly id: string
  /** '' for direct and group channels */
  readonly teamId: string
  readonly type: 'O' | 'P' | 'D' | 'G'
  readonly name: string
  readonly displayName: string
  readonly schemeId: string
  readonly deleteAt: number
  readonly groupConstrained: boolean
}

export interface TeamCore {
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly type: 'O' | 'I'
  readonly schemeId: string
  readonly deleteAt: number
  readonly allowOpenInvite: boolean
}

export interface UserCore {
  readonly id: string
  readonly username: string
  readonly roles: readonly string[]
  readonly isGuest: boolean
  readonly isBot: boolean
  readonly deleteAt: number
  readonly locale: string
  readonly authService: string
  readonly mfaActive: boolean
  readonly email: string
  readonly nickname: string
  readonly firstName: string
  readonly lastName: string
  readonly timezone: Readonly<Record<string, string>>
  readonly notifyProps: Readonly<Record<string, string>>
}

/** A membership row as stored: explicit roles and the three scheme flags. */
export interface MemberFlags {
  readonly roles: string
  readonly schemeGuest: boolean
  readonly schemeUser: boolean
  readonly schemeAdmin: boolean
}

export interface SchemeRoles {
  readonly teamAdmin: string
  readonly teamUser: string
  readonly teamGuest: string
  readonly channelAdmin: string
  readonly channelUser: string
  readonly channelGuest: string
}

/** A channel, archived or not, or null. */
export async function findChannelCore(db: Queries, id: string): Promise<ChannelCore | null> {
  const row = await db.selectFrom('channels').selectAll('channels').where('channels.id', '=', id).executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    teamId: row.teamid ?? '',
    type: (row.type ?? 'O') as ChannelCore['type'],
    name: row.name ?? '',
    displayName: row.displayname ?? '',
    schemeId: row.schemeid ?? '',
    deleteAt: row.deleteat ?? 0,
    groupConstrained: row.groupconstrained ?? false,
  }
}

/** A team, archived or not, or null. */
export async function findTeamCore(db: Queries, id: string): Promise<TeamCore | null> {
  const row = await db.selectFrom('teams').selectAll('teams').where('teams.id', '=', id).executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    name: row.name ?? '',
    displayName: row.displayname ?? '',
    type: (row.type ?? 'O') as TeamCore['type'],
    schemeId: row.schemeid ?? '',
    deleteAt: row.deleteat ?? 0,
    allowOpenInvite: row.allowopeninvite ?? false,
  }
}

/** A person or bot, deactivated or not, or null. */
export async function findUserCore(db: Queries, id: string): Promise<UserCore | null> {
  const row = await db
    .selectFrom('users')
    .leftJoin('bots', 'bots.userid', 'users.id')
    .select(['users.id', 'users.username', 'users.roles', 'users.deleteat', 'users.locale', 'users.authservice'])
    .select(['users.mfaactive', 'users.email', 'users.nickname', 'users.firstname', 'users.lastname'])
    .select(['users.timezone', 'users.notifyprops', 'bots.userid as botid'])
    .where('users.id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const roles = roleNames(row.roles)
  return {
    id: row.id,
    username: row.username ?? '',
    roles,
    isGuest: roles.includes('system_guest'),
    isBot: row.botid !== null,
    deleteAt: row.deleteat ?? 0,
    locale: row.locale ?? 'en',
    authService: row.authservice ?? '',
    mfaActive: row.mfaactive ?? false,
    email: row.email ?? '',
    nickname: row.nickname ?? '',
    firstName: row.firstname ?? '',
    lastName: row.lastname ?? '',
    timezone: (row.timezone ?? {}) as Record<string, string>,
    notifyProps: (row.notifyprops ?? {}) as Record<string, string>,
  }
}

const flagsOf = (row: {
  roles: string | null
  schemeguest: boolean | null
  schemeuser: boolean | null
  schemeadmin: boolean | null
}): MemberFlags => ({
  roles: row.roles ?? '',
  schemeGuest: row.schemeguest ?? false,
  schemeUser: row.schemeuser ?? false,
  schemeAdmin: row.schemeadmin ?? false,
})

/** The membership of a user in a channel, or null for a non-member. */
export async function findChannelMemberFlags(
  db: Queries,
  channelId: string,
  userId: string,
): Promise<MemberFlags | null> {
  const row = await db
    .selectFrom('channelmembers')
    .select(['channelmembers.roles', 'channelmembers.schemeguest', 'channelmembers.schemeuser'])
    .select('channelmembers.schemeadmin')
    .where('channelmembers.channelid', '=', channelId)
    .where('channelmembers.userid', '=', userId)
    .executeTakeFirst()
  return row ? flagsOf(row) : null
}

/** A live team membership; one that was left (deleteat > 0) counts as none. */
export async function findTeamMemberFlags(db: Queries, teamId: string, userId: string): Promise<MemberFlags | null> {
  const row = await db
    .selectFrom('teammembers')
    .select(['teammembers.roles', 'teammembers.schemeguest', 'teammembers.schemeuser', 'teammembers.schemeadmin'])
    .where('teammembers.teamid', '=', teamId)
    .where('teammembers.userid', '=', userId)
    .where('teammembers.deleteat', '=', 0)
    .executeTakeFirst()
  return row ? flagsOf(row) : null
}

/** Every role with its permissions; there are a few dozen, so they are kept whole. */
export async function findAllRolePermissions(db: Queries): Promise<Map<string, ReadonlySet<string>>> {
  const rows = await db
    .selectFrom('roles')
    .select(['roles.name', 'roles.permissions'])
    .where('roles.deleteat', '=', 0)
    .execute()
  const roles = new Map<string, ReadonlySet<string>>(
    rows.map((row) => [row.name ?? '', new Set(roleNames(row.permissions))]),
  )
  for (const { name, higher, admin } of await findChannelSchemeRoles(db)) {
    roles.set(name, mergedPermissions(roles.get(name) ?? new Set(), roles.get(higher) ?? new Set(), admin))
  }
  return roles
}

/** The roles of schemes that single channels have, each with the role of its team's scheme or the built-in one. */
async function findChannelSchemeRoles(db: Queries): Promise<ChannelSchemeRole[]> {
  const rows = await db
    .selectFrom('schemes as own')
    .innerJoin('channels', 'channels.schemeid', 'own.id')
    .leftJoin('teams', 'teams.id', 'channels.teamid')
    .leftJoin('schemes as above', (join) => join.onRef('above.id', '=', 'teams.schemeid').on('above.deleteat', '=', 0))
    .select(['own.defaultchanneladminrole', 'own.defaultchanneluserrole', 'own.defaultchannelguestrole'])
    .select(['above.defaultchanneladminrole as admin', 'above.defaultchanneluserrole as user'])
    .select('above.defaultchannelguestrole as guest')
    .where('own.scope', '=', 'channel')
    .where('own.deleteat', '=', 0)
    .execute()
  const roles = rows.flatMap((row) => [
    { name: row.defaultchanneladminrole ?? '', higher: row.admin || 'channel_admin', admin: true },
    { name: row.defaultchanneluserrole ?? '', higher: row.user || 'channel_user', admin: false },
    { name: row.defaultchannelguestrole ?? '', higher: row.guest || 'channel_guest', admin: false },
  ])
  return roles.filter((role) => role.name !== '')
}

/** The roles that every live scheme names for its flags, by scheme id; '' where it names none. */
export async function findAllSchemeRoles(db: Queries): Promise<Map<string, SchemeRoles>> {
  const rows = await db.selectFrom('schemes').selectAll('schemes').where('schemes.deleteat', '=', 0).execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        teamAdmin: row.defaultteamadminrole ?? '',
        teamUser: row.defaultteamuserrole ?? '',
        teamGuest: row.defaultteamguestrole ?? '',
        channelAdmin: row.defaultchanneladminrole ?? '',
        channelUser: row.defaultchanneluserrole ?? '',
        channelGuest: row.defaultchannelguestrole ?? '',
      },
    ]),
  )
}
