import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** A membership as stored. */
export interface MemberRow {
  readonly teamId: string
  readonly userId: string
  /** explicit role names; old rows name built-in ones here */
  readonly roles: string
  /** > 0: left */
  readonly deleteAt: number
  readonly schemeGuest: boolean
  readonly schemeUser: boolean
  readonly schemeAdmin: boolean
}

interface Row {
  teamid: string
  userid: string
  roles: string | null
  deleteat: number | null
  schemeguest: boolean | null
  schemeuser: boolean | null
  schemeadmin: boolean | null
}

const memberOf = (row: Row): MemberRow => ({
  teamId: row.teamid,
  userId: row.userid,
  roles: row.roles ?? '',
  deleteAt: row.deleteat ?? 0,
  schemeGuest: row.schemeguest ?? false,
  schemeUser: row.schemeuser ?? false,
  schemeAdmin: row.schemeadmin ?? false,
})

/** A membership, also one that was left. */
export async function findMember(db: Queries, teamId: string, userId: string): Promise<MemberRow | null> {
  const row = await db
    .selectFrom('teammembers')
    .selectAll('teammembers')
    .where('teammembers.teamid', '=', teamId)
    .where('teammembers.userid', '=', userId)
    .executeTakeFirst()
  return row ? memberOf(row) : null
}

/** All memberships of a user, also those that were left: clients drop a team by its `delete_at`. */
export async function findMembershipsOf(db: Queries, userId: string): Promise<MemberRow[]> {
  const rows = await db
    .selectFrom('teammembers')
    .selectAll('teammembers')
    .where('teammembers.userid', '=', userId)
    .orderBy('teammembers.teamid')
    .execute()
  return rows.map(memberOf)
}

/** Whose eyes: null sees everyone, a user's id only himself and the people of his channels. */
export type Viewer = string | null

const visible = (viewer: Viewer) =>
  viewer === null
    ? sql<boolean>`true`
    : sql<boolean>`(teammembers.userid = ${viewer} OR EXISTS (
        SELECT 1 FROM channelmembers AS mine JOIN channelmembers AS theirs ON theirs.channelid = mine.channelid
        WHERE mine.userid = ${viewer} AND theirs.userid = teammembers.userid))`

export interface MemberListOptions {
  readonly offset: number
  readonly limit: number
  readonly byUsername: boolean
  readonly activeOnly: boolean
  readonly viewer: Viewer
}

/** One page of a team's live members. */
export async function findMembers(db: Queries, teamId: string, options: MemberListOptions): Promise<MemberRow[]> {
  let query = db
    .selectFrom('teammembers')
    .innerJoin('users', 'users.id', 'teammembers.userid')
    .selectAll('teammembers')
    .where('teammembers.teamid', '=', teamId)
    .where('teammembers.deleteat', '=', 0)
    .where(visible(options.viewer))
  if (options.activeOnly) query = query.where('users.deleteat', '=', 0)
  if (options.byUsername) query = query.orderBy('users.username')
  const rows = await query.orderBy('teammembers.userid').offset(options.offset).limit(options.limit).execute()
  return rows.map(memberOf)
}

/** The live members among `userIds`, by id. */
export async function findMembersByIds(
  db: Queries,
  teamId: string,
  userIds: readonly string[],
  viewer: Viewer,
): Promise<MemberRow[]> {
  const rows = await db
    .selectFrom('teammembers')
    .selectAll('teammembers')
    .where('teammembers.teamid', '=', teamId)
    .where('teammembers.userid', 'in', userIds)
    .where('teammembers.deleteat', '=', 0)
    .where(visible(viewer))
    .orderBy('teammembers.userid')
    .execute()
  return rows.map(memberOf)
}

/** How many members a team has, and how many of them are not deactivated. */
export async function countMembers(
  db: Queries,
  teamId: string,
  viewer: Viewer,
): Promise<{ total: number; active: number }> {
  return db
    .selectFrom('teammembers')
    .innerJoin('users', 'users.id', 'teammembers.userid')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .select((eb) => eb.fn.countAll<number>().filterWhere('users.deleteat', '=', 0).as('active'))
    .where('teammembers.teamid', '=', teamId)
    .where('teammembers.deleteat', '=', 0)
    .where(visible(viewer))
    .executeTakeFirstOrThrow()
}

/** Holds back other joins of the same team until the transaction ends: together they could exceed the limit. */
export async function lockTeam(db: Queries, teamId: string): Promise<void> {
  await sql`SELECT 1 FROM teams WHERE id = ${teamId} FOR NO KEY UPDATE`.execute(db)
}

/** Writes a membership; the row of someone who comes back is used again. */
export async function saveMember(db: Queries, member: Omit<MemberRow, 'deleteAt'>, now: number): Promise<void> {
  const values = {
    roles: member.roles,
    deleteat: 0,
    schemeguest: member.schemeGuest,
    schemeuser: member.schemeUser,
    schemeadmin: member.schemeAdmin,
  }
  await db
    .insertInto('teammembers')
    .values({ teamid: member.teamId, userid: member.userId, createat: now, ...values })
    .onConflict((conflict) => conflict.columns(['teamid', 'userid']).doUpdateSet(values))
    .execute()
}

/** Ends a membership. False: there was no live one. */
export async function endMember(db: Queries, teamId: string, userId: string, now: number): Promise<boolean> {
  const result = await db
    .updateTable('teammembers')
    .set({ roles: '', deleteat: now })
    .where('teamid', '=', teamId)
    .where('userid', '=', userId)
    .where('deleteat', '=', 0)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Moves the time that tells clients to read a user again: his teams are part of what lists of people show. */
export async function touchUser(db: Queries, userId: string, now: number): Promise<void> {
  await db.updateTable('users').set({ updateat: now }).where('id', '=', userId).execute()
}

/** Ids of those of `userIds` whom no group linked to the team names; bots are never named and always welcome. */
export async function findOutsideGroups(db: Queries, teamId: string, userIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT u.id FROM unnest(${userIds}::text[]) AS u(id)
    WHERE NOT EXISTS (SELECT 1 FROM bots WHERE bots.userid = u.id) AND NOT EXISTS (
      SELECT 1 FROM groupteams AS gt
      JOIN usergroups AS g ON g.id = gt.groupid AND g.deleteat = 0
      JOIN groupmembers AS gm ON gm.groupid = gt.groupid AND gm.deleteat = 0
      WHERE gt.teamid = ${teamId} AND gt.deleteat = 0 AND gm.userid = u.id)
    ORDER BY u.id`.execute(db)
  return rows.map((row) => row.id)
}

/** The named roles that exist, and whether a scheme hands them out. */
export async function findRoles(
  db: Queries,
  names: readonly string[],
): Promise<{ name: string; schemeManaged: boolean }[]> {
  if (names.length === 0) return []
  const rows = await db
    .selectFrom('roles')
    .select(['roles.name', 'roles.schememanaged'])
    .where('roles.name', 'in', names)
    .where('roles.deleteat', '=', 0)
    .execute()
  return rows.map((row) => ({ name: row.name ?? '', schemeManaged: row.schememanaged ?? false }))
}
