import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { NotificationMember } from './notification-types.ts'

interface MemberRow {
  userid: string
  username: string | null
  firstname: string | null
  notifyprops: Record<string, string> | null
  channelprops: Record<string, string> | null
  isbot: boolean
  deleteat: number | null
  collapsed: string | null
}

const memberOf = (row: MemberRow, byDefault: boolean): NotificationMember => ({
  userId: row.userid,
  username: row.username ?? '',
  firstName: row.firstname ?? '',
  notifyProps: row.notifyprops ?? {},
  channelNotifyProps: row.channelprops ?? {},
  isBot: row.isbot,
  deleteAt: row.deleteat ?? 0,
  collapsedThreads: row.collapsed === null ? byDefault : row.collapsed === 'on',
})

/**
 * The members of a channel as the notification rules read them; with `userId` only that one. `collapsedByDefault`
 * is what holds for people who have not chosen whether to collapse threads.
 */
export async function findNotificationMembers(
  db: Queries,
  channelId: string,
  collapsedByDefault: boolean,
  userId?: string,
): Promise<NotificationMember[]> {
  const result = await sql<MemberRow>`
    SELECT m.userid, u.username, u.firstname, u.notifyprops, m.notifyprops AS channelprops,
           b.userid IS NOT NULL AS isbot, u.deleteat, p.value AS collapsed
    FROM channelmembers AS m
    JOIN users AS u ON u.id = m.userid
    LEFT JOIN bots AS b ON b.userid = m.userid
    LEFT JOIN preferences AS p ON p.userid = m.userid AND p.category = 'display_settings' AND p.name = 'collapsed_reply_threads'
    WHERE m.channelid = ${channelId} ${userId ? sql`AND m.userid = ${userId}` : sql``}`.execute(db)
  return result.rows.map((row) => memberOf(row, collapsedByDefault))
}

/** Groups that may be mentioned: lower-case name → id. */
export async function findGroupNames(db: Queries): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('usergroups')
    .select(['usergroups.id', 'usergroups.name'])
    .where('usergroups.deleteat', '=', 0)
    .where('usergroups.allowreference', '=', true)
    .where('usergroups.name', 'is not', null)
    .execute()
  return new Map(rows.map((row) => [(row.name ?? '').toLowerCase(), row.id]))
}

/** The present members of a group, also those who are in no team. */
export async function findGroupMemberIds(db: Queries, groupId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('groupmembers')
    .select('groupmembers.userid')
    .where('groupmembers.groupid', '=', groupId)
    .where('groupmembers.deleteat', '=', 0)
    .execute()
  return rows.map((row) => row.userid)
}

/** Who wrote in a thread, and who follows it or has unfollowed it. */
export async function findThreadPeople(
  db: Queries,
  rootId: string,
): Promise<{ participantIds: string[]; followers: { userId: string; following: boolean }[] }> {
  const thread = await db
    .selectFrom('threads')
    .select('threads.participants')
    .where('threads.postid', '=', rootId)
    .executeTakeFirst()
  const memberships = await db
    .selectFrom('threadmemberships')
    .select(['threadmemberships.userid', 'threadmemberships.following'])
    .where('threadmemberships.postid', '=', rootId)
    .execute()
  return {
    participantIds: (thread?.participants ?? []) as string[],
    followers: memberships.map((row) => ({ userId: row.userid, following: row.following ?? false })),
  }
}
