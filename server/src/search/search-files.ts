import type { PoolClient } from 'pg'
import { termCriteria } from './criteria.ts'
import { isEmptyQuery } from './parse-query.ts'
import { runSearch } from './run-search.ts'
import { pageRange, type SearchOptions, type SearchServices } from './search-posts.ts'
import { resolveScope } from './search-scope.ts'

export interface FoundFiles {
  /** File ids, newest first. */
  ids: string[]
  hasMore: boolean
}

/** Files still attached to a living post. */
async function liveFiles(client: PoolClient, ids: string[]): Promise<Map<string, string>> {
  const result = await client.query<{ id: string }>(
    `SELECT fileinfo.id FROM fileinfo JOIN posts ON posts.id = fileinfo.postid
     WHERE fileinfo.id = ANY($1::text[]) AND fileinfo.deleteat = 0 AND posts.deleteat = 0`,
    [ids],
  )
  return new Map(result.rows.map((row) => [row.id, row.id]))
}

/**
 * Finds files by name or extracted text in the channels the user is a member of, newest first. from: is the person who
 * uploaded the file, dates are upload times. An empty query finds nothing. Throws only what the database throws.
 */
export async function findFiles(services: SearchServices, options: SearchOptions): Promise<FoundFiles> {
  const { start, end } = pageRange(options.page, options.perPage)
  if (isEmptyQuery(options.query) || start >= end) return { ids: [], hasMore: false }
  await services.indexer?.flush()
  const scope = await resolveScope(services.pool, options, options.query)
  // A file has no hashtags of its own: `#x` is looked for as text.
  const asText = options.query.terms.map((term) =>
    term.kind === 'hashtag' ? { ...term, kind: 'text' as const } : term,
  )
  const criteria = { ...termCriteria(options.query), terms: asText, ...scope }
  const { hits } = await runSearch(services.pool, 'outpost.file_search', criteria, end + 1, liveFiles)
  return { ids: hits.slice(start, end).map((hit) => hit.id), hasMore: hits.length > end }
}
