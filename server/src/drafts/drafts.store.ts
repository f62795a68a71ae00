import type { Queries } from '../database/pool.ts'
import { columnsOf, fieldsOf } from './draft-fields.ts'
import type { FieldColumns } from './draft-fields.ts'
import type { Draft } from './draft.ts'

function draftOf(
  row: FieldColumns & {
    createat: number | null
    updateat: number | null
    userid: string
    channelid: string
    rootid: string
  },
): Draft {
  return {
    create_at: row.createat ?? 0,
    update_at: row.updateat ?? 0,
    delete_at: 0,
    user_id: row.userid,
    channel_id: row.channelid,
    root_id: row.rootid,
    type: '',
    ...fieldsOf(row),
  }
}

/** Writes a draft over the one in the same place, whose creation time stays. Answers what is stored. */
export async function upsertDraft(db: Queries, draft: Draft): Promise<Draft> {
  const changes = { ...columnsOf(draft), updateat: draft.update_at, deleteat: 0 }
  const row = await db
    .insertInto('drafts')
    .values({
      ...changes,
      createat: draft.create_at,
      userid: draft.user_id,
      channelid: draft.channel_id,
      rootid: draft.root_id,
    })
    .onConflict((conflict) => conflict.columns(['userid', 'channelid', 'rootid']).doUpdateSet(changes))
    .returningAll()
    .executeTakeFirstOrThrow()
  return draftOf(row)
}

/** A user's drafts in a team and in direct and group channels, as far as he is a member; newest first. */
export async function findDrafts(db: Queries, userId: string, teamId: string): Promise<Draft[]> {
  const rows = await db
    .selectFrom('drafts')
    .innerJoin('channels', 'channels.id', 'drafts.channelid')
    .innerJoin('channelmembers', (join) =>
      join
        .onRef('channelmembers.channelid', '=', 'drafts.channelid')
        .onRef('channelmembers.userid', '=', 'drafts.userid'),
    )
    .selectAll('drafts')
    .where('drafts.userid', '=', userId)
    .where('drafts.deleteat', '=', 0)
    .where('channels.teamid', 'in', [teamId, ''])
    .orderBy('drafts.updateat', 'desc')
    .execute()
  return rows.map(draftOf)
}

/** Removes the draft of one place and answers it, or null when there was none. */
export async function deleteDraftRow(
  db: Queries,
  userId: string,
  channelId: string,
  rootId: string,
): Promise<Draft | null> {
  const row = await db
    .deleteFrom('drafts')
    .where('drafts.userid', '=', userId)
    .where('drafts.channelid', '=', channelId)
    .where('drafts.rootid', '=', rootId)
    .returningAll()
    .executeTakeFirst()
  return row ? draftOf(row) : null
}

/** Channels and threads in which a user has drafts, at most `limit`. */
export async function findPlaces(
  db: Queries,
  userId: string,
  limit: number,
): Promise<{ channelId: string; rootId: string }[]> {
  const rows = await db
    .selectFrom('drafts')
    .select(['drafts.channelid', 'drafts.rootid'])
    .where('drafts.userid', '=', userId)
    .limit(limit)
    .execute()
  return rows.map((row) => ({ channelId: row.channelid, rootId: row.rootid }))
}
