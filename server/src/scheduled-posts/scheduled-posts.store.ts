import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { ScheduledpostsTable } from '../database/tables.ts'
import { columnsOf, fieldsOf } from '../drafts/draft-fields.ts'
import type { ScheduledPost, SendError } from './scheduled-post.ts'

function scheduledPostOf(row: Selectable<ScheduledpostsTable>): ScheduledPost {
  return {
    id: row.id,
    create_at: row.createat ?? 0,
    update_at: row.updateat ?? 0,
    delete_at: 0,
    user_id: row.userid,
    channel_id: row.channelid,
    root_id: row.rootid ?? '',
    type: '',
    scheduled_at: row.scheduledat,
    processed_at: row.processedat ?? 0,
    error_code: (row.errorcode ?? '') as ScheduledPost['error_code'],
    ...fieldsOf(row),
  }
}

const changesOf = (post: ScheduledPost) => ({
  ...columnsOf(post),
  updateat: post.update_at,
  scheduledat: post.scheduled_at,
  processedat: post.processed_at,
  errorcode: post.error_code,
})

/** Writes a new scheduled post. */
export async function insertScheduledPost(db: Queries, post: ScheduledPost): Promise<void> {
  const { id, create_at: createat, user_id: userid, channel_id: channelid, root_id: rootid } = post
  await db
    .insertInto('scheduledposts')
    .values({ id, createat, userid, channelid, rootid, ...changesOf(post) })
    .execute()
}

/** Returns false when it is gone: it may just have been sent. */
export async function updateScheduledPost(db: Queries, post: ScheduledPost): Promise<boolean> {
  const result = await db
    .updateTable('scheduledposts')
    .set(changesOf(post))
    .where('scheduledposts.id', '=', post.id)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Returns false when it is gone already: it may just have been sent. */
export async function deleteScheduledPost(db: Queries, id: string): Promise<boolean> {
  const result = await db.deleteFrom('scheduledposts').where('scheduledposts.id', '=', id).executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Takes a post that is being sent off the list; false when it is gone, or its author has just changed it. */
export async function takeScheduledPost(db: Queries, post: ScheduledPost): Promise<boolean> {
  const result = await db
    .deleteFrom('scheduledposts')
    .where('scheduledposts.id', '=', post.id)
    .where('scheduledposts.updateat', '=', post.update_at)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Notes why a post could not be sent; false when it is gone, or its author has just changed it. */
export async function failScheduledPost(
  db: Queries,
  post: ScheduledPost,
  error: SendError,
  now: number,
): Promise<boolean> {
  const result = await db
    .updateTable('scheduledposts')
    .set({ errorcode: error, processedat: now, updateat: now })
    .where('scheduledposts.id', '=', post.id)
    .where('scheduledposts.updateat', '=', post.update_at)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** A scheduled post of anybody, or null. */
export async function findScheduledPost(db: Queries, id: string): Promise<ScheduledPost | null> {
  const row = await db.selectFrom('scheduledposts').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? scheduledPostOf(row) : null
}

/** A user's scheduled posts in one team ('' = direct and group channels), the next one first. */
export async function findScheduledPosts(db: Queries, userId: string, teamId: string): Promise<ScheduledPost[]> {
  const rows = await db
    .selectFrom('scheduledposts')
    .innerJoin('channels', 'channels.id', 'scheduledposts.channelid')
    .selectAll('scheduledposts')
    .where('scheduledposts.userid', '=', userId)
    .where('channels.teamid', '=', teamId)
    .orderBy('scheduledposts.scheduledat')
    .orderBy('scheduledposts.createat')
    .execute()
  return rows.map(scheduledPostOf)
}

/** A page of posts whose time is between `from` and `until` and that have not failed, after the one named last. */
export async function findDuePosts(
  db: Queries,
  range: { from: number; until: number },
  after: { scheduled_at: number; id: string } | null,
  limit: number,
): Promise<ScheduledPost[]> {
  let query = db
    .selectFrom('scheduledposts')
    .selectAll()
    .where('scheduledat', '>=', range.from)
    .where('scheduledat', '<=', range.until)
    .where(sql<boolean>`coalesce(errorcode, '') = ''`)
  if (after) query = query.where(sql<boolean>`(scheduledat, id) > (${after.scheduled_at}::bigint, ${after.id})`)
  return (await query.orderBy('scheduledat').orderBy('id').limit(limit).execute()).map(scheduledPostOf)
}

/** Marks as failed, and answers, posts whose time was before `time` and that nobody has sent. */
export async function failOldPosts(db: Queries, time: number, error: SendError, now: number): Promise<ScheduledPost[]> {
  const rows = await db
    .updateTable('scheduledposts')
    .set({ errorcode: error, processedat: now, updateat: now })
    .where('scheduledat', '<', time)
    .where(sql<boolean>`coalesce(errorcode, '') = ''`)
    .returningAll()
    .execute()
  return rows.map(scheduledPostOf)
}

/** Whether two people are in a live team together. */
export async function shareTeam(db: Queries, userId: string, otherId: string): Promise<boolean> {
  const row = await db
    .selectFrom('teammembers as mine')
    .innerJoin('teammembers as theirs', 'theirs.teamid', 'mine.teamid')
    .innerJoin('teams', 'teams.id', 'mine.teamid')
    .select('mine.teamid')
    .where('mine.userid', '=', userId)
    .where('theirs.userid', '=', otherId)
    .where('mine.deleteat', '=', 0)
    .where('theirs.deleteat', '=', 0)
    .where('teams.deleteat', '=', 0)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
