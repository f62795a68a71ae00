import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** A membership as stored, with the schemes that say what its flags stand for. */
export interface MemberRow {
  readonly channelId: string
  readonly userId: string
  readonly roles: string
  readonly schemeGuest: boolean
  readonly schemeUser: boolean
  readonly schemeAdmin: boolean
  readonly lastViewedAt: number
  readonly msgCount: number
  readonly msgCountRoot: number
  readonly mentionCount: number
  readonly mentionCountRoot: number
  readonly urgentMentionCount: number
  readonly notifyProps: Record<string, string>
  readonly lastUpdateAt: number
  readonly channelSchemeId: string
  readonly teamSchemeId: string
  readonly teamName: string
  readonly teamDisplayName: string
  readonly teamUpdateAt: number
}

function selectMembers(db: Queries) {
  return db
    .selectFrom('channelmembers as m')
    .innerJoin('channels as c', 'c.id', 'm.channelid')
    .leftJoin('teams as t', 't.id', 'c.teamid')
    .selectAll('m')
    .select(['c.schemeid as channelschemeid', 't.schemeid as teamschemeid'])
    .select(['t.name as teamname', 't.displayname as teamdisplayname', 't.updateat as teamupdateat'])
}

type Selected = Awaited<ReturnType<ReturnType<typeof selectMembers>['execute']>>[number]

function memberOf(row: Selected): MemberRow {
  return {
    channelId: row.channelid,
    userId: row.userid,
    roles: row.roles ?? '',
    schemeGuest: row.schemeguest ?? false,
    schemeUser: row.schemeuser ?? false,
    schemeAdmin: row.schemeadmin ?? false,
    lastViewedAt: row.lastviewedat ?? 0,
    msgCount: row.msgcount ?? 0,
    msgCountRoot: row.msgcountroot ?? 0,
    mentionCount: row.mentioncount ?? 0,
    mentionCountRoot: row.mentioncountroot ?? 0,
    urgentMentionCount: row.urgentmentioncount ?? 0,
    notifyProps: (row.notifyprops ?? {}) as Record<string, string>,
    lastUpdateAt: row.lastupdateat ?? 0,
    channelSchemeId: row.channelschemeid ?? '',
    teamSchemeId: row.teamschemeid ?? '',
    teamName: row.teamname ?? '',
    teamDisplayName: row.teamdisplayname ?? '',
    teamUpdateAt: row.teamupdateat ?? 0,
  }
}

/** Members of a channel, a page at a time, in the order of their ids. */
export async function findMembers(db: Queries, channelId: string, limit: number, offset: number): Promise<MemberRow[]> {
  const rows = await selectMembers(db)
    .where('m.channelid', '=', channelId)
    .orderBy('m.userid')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(memberOf)
}

/** Those of the people who are members of the channel. */
export async function findMembersByIds(
  db: Queries,
  channelId: string,
  userIds: readonly string[],
): Promise<MemberRow[]> {
  if (userIds.length === 0) return []
  const rows = await selectMembers(db)
    .where('m.channelid', '=', channelId)
    .where('m.userid', 'in', userIds)
    .orderBy('m.userid')
    .execute()
  return rows.map(memberOf)
}

/** One membership with what the schemes of its channel and team need to be known of it; null for who is no member. */
export async function findMember(db: Queries, channelId: string, userId: string): Promise<MemberRow | null> {
  return (await findMembersByIds(db, channelId, [userId]))[0] ?? null
}

/** The membership, held against other writers until the transaction ends, or null. */
export async function lockMember(db: Queries, channelId: string, userId: string): Promise<MemberRow | null> {
  await sql`SELECT 1 FROM channelmembers WHERE channelid = ${channelId} AND userid = ${userId} FOR UPDATE`.execute(db)
  return findMember(db, channelId, userId)
}

/** A person's memberships in one team's channels and in direct and group ones. */
export async function findMembershipsInTeam(db: Queries, userId: string, teamId: string): Promise<MemberRow[]> {
  const rows = await selectMembers(db)
    .where('m.userid', '=', userId)
    .where('c.teamid', 'in', [teamId, ''])
    .orderBy('m.channelid')
    .execute()
  return rows.map(memberOf)
}

/** All memberships of a person after the channel `afterId`, in the order of the channels' ids. */
export async function findMembershipsAfter(
  db: Queries,
  userId: string,
  afterId: string,
  limit: number,
  offset = 0,
): Promise<MemberRow[]> {
  const rows = await selectMembers(db)
    .where('m.userid', '=', userId)
    .where('m.channelid', '>', afterId)
    .orderBy('m.channelid')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(memberOf)
}

/** Writes explicit roles and flags of a member. */
export async function updateMemberRoles(
  db: Queries,
  channelId: string,
  userId: string,
  roles: { roles: string; schemeGuest: boolean; schemeUser: boolean; schemeAdmin: boolean },
  now: number,
): Promise<void> {
  await db
    .updateTable('channelmembers')
    .set({
      roles: roles.roles,
      schemeguest: roles.schemeGuest,
      schemeuser: roles.schemeUser,
      schemeadmin: roles.schemeAdmin,
      lastupdateat: now,
    })
    .where('channelmembers.channelid', '=', channelId)
    .where('channelmembers.userid', '=', userId)
    .execute()
}

/** Merges notification settings into those of a member. */
export async function mergeNotifyProps(
  db: Queries,
  channelId: string,
  userId: string,
  props: Readonly<Record<string, string>>,
  now: number,
): Promise<void> {
  await sql`
    UPDATE channelmembers SET notifyprops = coalesce(notifyprops, '{}'::jsonb) || ${JSON.stringify(props)}::jsonb,
      lastupdateat = ${now}::bigint
    WHERE channelid = ${channelId} AND userid = ${userId}`.execute(db)
}

/** Everyone in a channel: ids and whether they are active people, for rules about all members. */
export async function findMemberIds(
  db: Queries,
  channelId: string,
): Promise<{ userId: string; active: boolean; bot: boolean; username: string }[]> {
  const rows = await db
    .selectFrom('channelmembers as m')
    .innerJoin('users', 'users.id', 'm.userid')
    .leftJoin('bots', 'bots.userid', 'm.userid')
    .select(['m.userid', 'users.deleteat', 'users.username', 'bots.userid as botid'])
    .where('m.channelid', '=', channelId)
    .orderBy('m.userid')
    .execute()
  return rows.map((row) => ({
    userId: row.userid,
    active: !row.deleteat,
    bot: row.botid !== null,
    username: row.username ?? '',
  }))
}

/** Those of the people who belong to none of the channel's groups: they may not join a channel managed by groups. */
export async function findOutsideGroups(db: Queries, channelId: string, userIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT u.id FROM users AS u LEFT JOIN bots AS b ON b.userid = u.id
    WHERE u.id = ANY(${userIds}) AND b.userid IS NULL AND NOT EXISTS (
      SELECT 1 FROM groupmembers AS gm JOIN groupchannels AS gc ON gc.groupid = gm.groupid
      WHERE gm.userid = u.id AND gc.channelid = ${channelId}
        AND coalesce(gm.deleteat, 0) = 0 AND coalesce(gc.deleteat, 0) = 0
    )`.execute(db)
  return rows.map((row) => row.id)
}

/** Whether a person is a member of any live channel of the team. */
export async function hasChannelInTeam(db: Queries, teamId: string, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('channelmembers as m')
    .innerJoin('channels as c', 'c.id', 'm.channelid')
    .select('c.id')
    .where('m.userid', '=', userId)
    .where('c.teamid', '=', teamId)
    .where('c.deleteat', '=', 0)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a live post is in the channel. */
export async function isPostOf(db: Queries, postId: string, channelId: string): Promise<boolean> {
  const row = await db
    .selectFrom('posts')
    .select('posts.id')
    .where('posts.id', '=', postId)
    .where('posts.channelid', '=', channelId)
    .where('posts.deleteat', '=', 0)
    .executeTakeFirst()
  return row !== undefined
}

/** Live roles by name, with whether a scheme manages them: those belong to their scheme. */
export async function findRoles(db: Queries, names: readonly string[]): Promise<Map<string, boolean>> {
  const rows = await db
    .selectFrom('roles')
    .select(['roles.name', 'roles.schememanaged'])
    .where('roles.name', 'in', names)
    .where('roles.deleteat', '=', 0)
    .execute()
  return new Map(rows.map((row) => [row.name ?? '', row.schememanaged ?? false]))
}
