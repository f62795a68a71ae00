import { Cache } from '../cache.ts'
import type { Queries } from '../database/pool.ts'
import type { CacheChange } from '../realtime/changes.ts'
import type { Session } from '../sessions/session.ts'
import * as store from './access.store.ts'
import type { ChannelCore, MemberFlags, SchemeRoles, TeamCore, UserCore } from './access.store.ts'
import { findSharing, shareChannel } from './memberships.store.ts'
import type { Permission } from './permission-ids.ts'
import { roleNames } from './role-names.ts'

export type { ChannelCore, MemberFlags, TeamCore, UserCore } from './access.store.ts'

const BUILT_IN = new Map([
  ['guest', 'schemeGuest'],
  ['user', 'schemeUser'],
  ['admin', 'schemeAdmin'],
] as const)

/** No membership. A value of its own, because a cache cannot tell a kept `null` from nothing kept. */
const NONE = Symbol('none')
type Maybe<T> = T | typeof NONE
const orNull = <T>(value: Maybe<T>): T | null => (value === NONE ? null : value)

/**
 * Who may do what. A permission is granted when any role of the scope has it: system roles, then those of the
 * team, then those of the channel (errors.md, "Permission evaluation"). Everything it knows is kept in memory and
 * dropped by `apply`, so a check on a hot path costs no query.
 */
export class Access {
  readonly #db: Queries
  readonly #channels = new Cache<Maybe<ChannelCore>>(20_000)
  readonly #teams = new Cache<Maybe<TeamCore>>(5_000)
  readonly #users = new Cache<Maybe<UserCore>>(50_000)
  readonly #channelMembers = new Cache<Maybe<MemberFlags>>(200_000)
  readonly #teamMembers = new Cache<Maybe<MemberFlags>>(50_000)
  #roles: Map<string, ReadonlySet<string>> = new Map()
  #schemes: Map<string, SchemeRoles> = new Map()

  constructor(db: Queries) {
    this.#db = db
  }

  /** Reads roles and schemes; call once before the first check, and again after they changed. */
  async load(): Promise<void> {
    this.#roles = await store.findAllRolePermissions(this.#db)
    this.#schemes = await store.findAllSchemeRoles(this.#db)
  }

  /** System scope. */
  can(session: Session, permission: Permission): boolean {
    return session.local || this.grants(session.roles, permission)
  }

  /** Team scope: team roles, then system roles. A missing or archived team grants only system roles. */
  async canInTeam(session: Session, teamId: string, permission: Permission): Promise<boolean> {
    if (this.can(session, permission)) return true
    const roles = await this.teamRoles(teamId, session.userId)
    return this.grants(roles, permission)
  }

  /** Channel scope: channel roles, then manage_system, then team scope (system scope for direct and group channels). */
  async canInChannel(session: Session, channelId: string, permission: Permission): Promise<boolean> {
    const channel = await this.channel(channelId)
    if (!channel) return false
    if (this.grants(await this.channelRoles(channel, session.userId), permission)) return true
    if (this.can(session, 'manage_system')) return true
    return channel.teamId ? this.canInTeam(session, channel.teamId, permission) : this.can(session, permission)
  }

  /** Whether the posts of a channel may be read: as a member, or because it is public and the team allows it. */
  async canReadChannel(session: Session, channelId: string): Promise<boolean> {
    if (await this.canInChannel(session, channelId, 'read_channel_content')) return true
    const channel = await this.channel(channelId)
    return channel?.type === 'O' && this.canInTeam(session, channel.teamId, 'read_public_channel')
  }

  /** Whether `session` may know that a user exists: everyone who may see all members; others only people of their channels. */
  async canSeeUser(session: Session, userId: string): Promise<boolean> {
    return (
      this.can(session, 'view_members') || session.userId === userId || shareChannel(this.#db, session.userId, userId)
    )
  }

  /** Those of `userIds` that `session` may know of; ids of nobody may stay in for those who see everybody. */
  async visibleUsers(session: Session, userIds: readonly string[]): Promise<string[]> {
    if (this.can(session, 'view_members')) return [...userIds]
    const known = new Set([session.userId, ...(await findSharing(this.#db, session.userId, userIds))])
    return userIds.filter((id) => known.has(id))
  }

  /** Whether any of `roles` has `permission`. */
  grants(roles: readonly string[], permission: string): boolean {
    return roles.some((role) => this.#roles.get(role)?.has(permission))
  }

  /** What a live role grants, less what a channel's own scheme takes away; undefined when there is no such role. */
  permissionsOf(role: string): ReadonlySet<string> | undefined {
    return this.#roles.get(role)
  }

  async channel(id: string): Promise<ChannelCore | null> {
    return orNull(await this.#channels.get(id, async () => (await store.findChannelCore(this.#db, id)) ?? NONE))
  }

  async team(id: string): Promise<TeamCore | null> {
    return orNull(await this.#teams.get(id, async () => (await store.findTeamCore(this.#db, id)) ?? NONE))
  }

  async user(id: string): Promise<UserCore | null> {
    return orNull(await this.#users.get(id, async () => (await store.findUserCore(this.#db, id)) ?? NONE))
  }

  /** The membership row's roles and flags, or null for a non-member. */
  async channelMember(channelId: string, userId: string): Promise<MemberFlags | null> {
    const load = async () => (await store.findChannelMemberFlags(this.#db, channelId, userId)) ?? NONE
    return orNull(await this.#channelMembers.get(`${channelId}:${userId}`, load))
  }

  /** The live membership's roles and flags, or null for a non-member. */
  async teamMember(teamId: string, userId: string): Promise<MemberFlags | null> {
    const load = async () => (await store.findTeamMemberFlags(this.#db, teamId, userId)) ?? NONE
    return orNull(await this.#teamMembers.get(`${teamId}:${userId}`, load))
  }

  /** Effective role names of a user in a team: explicit ones and those implied by scheme flags. */
  async teamRoles(teamId: string, userId: string): Promise<string[]> {
    const member = await this.teamMember(teamId, userId)
    if (!member) return []
    return this.effectiveRoles(member, 'team', (await this.team(teamId))?.schemeId)
  }

  /** Effective role names of a user in a channel; empty for a non-member. */
  async channelRoles(channel: ChannelCore, userId: string): Promise<string[]> {
    const member = await this.channelMember(channel.id, userId)
    if (!member) return []
    const team = channel.teamId ? await this.team(channel.teamId) : null
    return this.effectiveRoles(member, 'channel', channel.schemeId, team?.schemeId)
  }

  /**
   * Explicit roles plus the roles that the flags stand for in the given schemes (the first that has one wins), else
   * the built-in ones. Rows older than 4.9 name built-in roles explicitly; those count as flags.
   */
  effectiveRoles(member: MemberFlags, scope: 'team' | 'channel', ...schemeIds: (string | undefined)[]): string[] {
    const roles = new Set(roleNames(member.roles))
    for (const [kind, flag] of BUILT_IN) {
      const builtIn = `${scope}_${kind}`
      if (!member[flag] && !roles.delete(builtIn)) continue
      roles.add(this.schemeRole(scope, kind, ...schemeIds))
    }
    return [...roles]
  }

  /** The role that a scheme flag stands for. */
  schemeRole(
    scope: 'team' | 'channel',
    kind: 'guest' | 'user' | 'admin',
    ...schemeIds: (string | undefined)[]
  ): string {
    const key = `${scope}${kind[0]!.toUpperCase()}${kind.slice(1)}` as keyof SchemeRoles
    for (const id of schemeIds) {
      const role = id ? this.#schemes.get(id)?.[key] : undefined
      if (role) return role
    }
    return `${scope}_${kind}`
  }

  /** Drops what a committed change made stale. Role changes are re-read; the promise resolves when they are. */
  async apply(change: CacheChange): Promise<void> {
    switch (change.kind) {
      case 'user':
        return this.#users.drop(change.userId)
      case 'team':
        return this.#teams.drop(change.teamId)
      case 'channel':
        return this.#channels.drop(change.channelId)
      case 'teamMember':
        return this.#teamMembers.drop(`${change.teamId}:${change.userId}`)
      case 'channelMember':
        return this.#channelMembers.drop(`${change.channelId}:${change.userId}`)
      case 'roles':
        return this.load()
      case 'everything':
        for (const cache of [this.#channels, this.#teams, this.#users, this.#channelMembers, this.#teamMembers])
          cache.clear()
        return this.load()
    }
  }
}
