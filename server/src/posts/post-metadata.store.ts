import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { FileInfo } from '../files/file-info-view.ts'
import type { Reaction } from '../reactions/reaction.ts'

/** What to look up for a list of posts; ids may repeat. */
export interface MetadataQuery {
  readonly postIds: readonly string[]
  readonly withFiles: readonly string[]
  /** files of kept versions, which may be deleted by now */
  readonly oldFileIds: readonly string[]
  readonly withReactions: readonly string[]
  readonly emojiNames: readonly string[]
}

export interface EmojiRow {
  id: string
  create_at: number
  update_at: number
  delete_at: number
  creator_id: string
  name: string
}

export interface AcknowledgementRow {
  user_id: string
  post_id: string
  acknowledged_at: number
  channel_id: string
  remote_id?: string | null
}

interface PriorityRow {
  post_id: string
  priority: string
  requested_ack: boolean
  persistent_notifications: boolean
}

export interface MetadataRows {
  files: FileInfo[]
  reactions: Reaction[]
  emojis: EmojiRow[]
  priorities: PriorityRow[]
  acknowledgements: AcknowledgementRow[]
}

const file = sql`json_build_object(
  'id', f.id, 'user_id', coalesce(f.creatorid, ''), 'post_id', coalesce(f.postid, ''),
  'channel_id', coalesce(f.channelid, ''), 'create_at', coalesce(f.createat, 0), 'update_at', coalesce(f.updateat, 0),
  'delete_at', coalesce(f.deleteat, 0), 'name', coalesce(f.name, ''), 'extension', coalesce(f.extension, ''),
  'size', coalesce(f.size, 0), 'mime_type', coalesce(f.mimetype, ''), 'width', coalesce(f.width, 0),
  'height', coalesce(f.height, 0), 'has_preview_image', coalesce(f.haspreviewimage, false),
  'mini_preview', translate(encode(f.minipreview, 'base64'), E'\n', ''), 'remote_id', coalesce(f.remoteid, ''),
  'archived', f.archived)`

const reaction = sql`json_build_object(
  'user_id', r.userid, 'post_id', r.postid, 'emoji_name', r.emojiname, 'create_at', coalesce(r.createat, 0),
  'update_at', coalesce(r.updateat, 0), 'delete_at', 0, 'remote_id', coalesce(r.remoteid, ''),
  'channel_id', r.channelid)`

const emoji = sql`json_build_object(
  'id', e.id, 'create_at', coalesce(e.createat, 0), 'update_at', coalesce(e.updateat, 0), 'delete_at', 0,
  'creator_id', coalesce(e.creatorid, ''), 'name', e.name)`

const acknowledgement = sql`json_build_object(
  'user_id', a.userid, 'post_id', a.postid, 'acknowledged_at', a.acknowledgedat, 'channel_id', coalesce(a.channelid, ''),
  'remote_id', coalesce(a.remoteid, ''))`

const priority = sql`json_build_object(
  'post_id', p.postid, 'priority', p.priority, 'requested_ack', coalesce(p.requestedack, false),
  'persistent_notifications', coalesce(p.persistentnotifications, false))`

/**
 * Everything that stands beside posts in other tables, in one statement for any number of posts. It asks only for what
 * there can be: planning costs the database more than finding nothing.
 */
export async function findMetadata(db: Queries, query: MetadataQuery): Promise<MetadataRows> {
  const columns = columnsFor(query)
  const none = { files: [], reactions: [], emojis: [], priorities: [], acknowledgements: [] }
  if (columns.length === 0) return none
  const { rows } = await sql<{ [K in keyof MetadataRows]?: MetadataRows[K] | null }>`
    WITH asked AS MATERIALIZED (SELECT ${query.postIds}::text[] AS ids)
    ${query.withReactions.length > 0 ? reacted(query) : sql``}
    SELECT ${sql.join(columns)}`.execute(db)
  const found = Object.entries(rows[0] ?? {}).filter(([, list]) => list !== null)
  return { ...none, ...Object.fromEntries(found) }
}

const reacted = ({ withReactions }: MetadataQuery) => sql`, reacted AS MATERIALIZED (
  SELECT r.* FROM reactions AS r WHERE r.postid = ANY(${withReactions}::text[]) AND coalesce(r.deleteat, 0) = 0)`

function columnsFor({ postIds, withFiles, oldFileIds, withReactions, emojiNames }: MetadataQuery) {
  const isReacted = withReactions.length > 0
  const used = isReacted ? sql`OR e.name IN (SELECT reacted.emojiname FROM reacted)` : sql``
  const asked = sql`ANY((SELECT asked.ids FROM asked)::text[])`
  const columns = [
    withFiles.length + oldFileIds.length > 0 &&
      sql`(SELECT json_agg(${file} ORDER BY f.createat, f.id) FROM fileinfo AS f
        WHERE (f.postid = ANY(${withFiles}::text[]) AND f.deleteat = 0) OR f.id = ANY(${oldFileIds}::text[])) AS files`,
    isReacted && sql`(SELECT json_agg(${reaction} ORDER BY r.createat, r.userid) FROM reacted AS r) AS reactions`,
    (isReacted || emojiNames.length > 0) &&
      sql`(SELECT json_agg(${emoji} ORDER BY e.name) FROM emoji AS e
        WHERE e.deleteat = 0 AND (e.name = ANY(${emojiNames}::text[]) ${used})) AS emojis`,
    postIds.length > 0 &&
      sql`(SELECT json_agg(${priority}) FROM postspriority AS p WHERE p.postid = ${asked}) AS priorities`,
    postIds.length > 0 &&
      sql`(SELECT json_agg(${acknowledgement} ORDER BY a.acknowledgedat) FROM postacknowledgements AS a
        WHERE a.postid = ${asked} AND a.acknowledgedat > 0) AS acknowledgements`,
  ]
  return columns.filter((column) => column !== false)
}
