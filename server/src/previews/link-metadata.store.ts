import type { Queries } from '../database/pool.ts'
import type { LinkMetadataRow, LinkMetadataStore } from './link-metadata.ts'

/** Previews already fetched, in the table that Mattermost uses for the same. */
export function linkMetadataStore(db: Queries): LinkMetadataStore {
  return {
    async get(hash, url, timestamp) {
      const row = await db
        .selectFrom('linkmetadata')
        .selectAll('linkmetadata')
        .where('linkmetadata.hash', '=', hash)
        .where('linkmetadata.url', '=', url)
        .where('linkmetadata.timestamp', '=', timestamp)
        .executeTakeFirst()
      return row as LinkMetadataRow | undefined
    },
    async put(row) {
      const values = { ...row, data: JSON.stringify(row.data) }
      await db
        .insertInto('linkmetadata')
        .values(values)
        .onConflict((conflict) => conflict.column('hash').doUpdateSet(values))
        .execute()
    },
  }
}
