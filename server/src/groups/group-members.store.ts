import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { GroupMember } from './group.ts'

interface MemberRow {
  readonly groupid: string
  readonly userid: string
  readonly createat: number | null
  readonly deleteat: number | null
}

const memberOf = (row: MemberRow): GroupMember => ({
  group_id: row.groupid,
  user_id: row.userid,
  create_at: row.createat ?? 0,
  delete_at: row.deleteat ?? 0,
})

/** How many of these are live accounts. */
export async function countLiveUsers(db: Queries, ids: readonly string[]): Promise<number> {
  const row = await db
    .selectFrom('users')
    .select((is) => is.fn.countAll<number>().as('total'))
    .where('users.id', 'in', ids)
    .where('users.deleteat', '=', 0)
    .executeTakeFirstOrThrow()
  return Number(row.total)
}

/** Whether the user is in the group now. */
export async function isLiveMember(db: Queries, groupId: string, userId: string): Promise<boolean> {
  return (await findLiveMembers(db, groupId, [userId])).length > 0
}

/** Those of the users that are live members. */
export async function findLiveMembers(db: Queries, groupId: string, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return []
  const rows = await db
    .selectFrom('groupmembers')
    .select('groupmembers.userid')
    .where('groupmembers.groupid', '=', groupId)
    .where('groupmembers.userid', 'in', userIds)
    .where('groupmembers.deleteat', '=', 0)
    .execute()
  return rows.map((row) => row.userid)
}

/** Makes users members, again or for the first time; those who are stay as they were. Answers them all. */
export async function upsertMembers(
  db: Queries,
  groupId: string,
  userIds: readonly string[],
  now: number,
): Promise<GroupMember[]> {
  if (userIds.length === 0) return []
  const result = await sql<MemberRow>`
    INSERT INTO groupmembers AS m (groupid, userid, createat, deleteat)
    SELECT ${groupId}, u, ${now}::bigint, 0 FROM unnest(${[...userIds]}::text[]) AS u
    ON CONFLICT (groupid, userid) DO UPDATE SET deleteat = 0,
      createat = CASE WHEN m.deleteat = 0 THEN m.createat ELSE excluded.createat END
    RETURNING m.groupid, m.userid, m.createat, m.deleteat`.execute(db)
  return result.rows.map(memberOf)
}

/** Ends memberships; answers the ended ones. */
export async function removeMembers(
  db: Queries,
  groupId: string,
  userIds: readonly string[],
  now: number,
): Promise<GroupMember[]> {
  const rows = await db
    .updateTable('groupmembers')
    .set({ deleteat: now })
    .where('groupmembers.groupid', '=', groupId)
    .where('groupmembers.userid', 'in', userIds)
    .where('groupmembers.deleteat', '=', 0)
    .returningAll()
    .execute()
  return rows.map(memberOf)
}
