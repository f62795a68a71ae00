import type { Pool, PoolClient } from 'pg'
import { postOf } from '../posts/post-row.ts'
import type { PostRow } from '../posts/post-row.ts'
import type { Post } from '../posts/post.ts'
import { termCriteria } from './criteria.ts'
import { normalise } from './grams.ts'
import { SEARCHABLE } from './index-batch.ts'
import { isEmptyQuery, type SearchQuery } from './parse-query.ts'
import { runSearch } from './run-search.ts'
import { resolveScope, type SearchScope } from './search-scope.ts'

/** What a search needs. `indexer` makes a post findable as soon as its author got the answer 201. */
export interface SearchServices {
  pool: Pool
  indexer?: { flush(): Promise<void> } | undefined
}

export interface SearchOptions extends SearchScope {
  query: SearchQuery
  /** From 0. */
  page?: number | undefined
  /** 1 to 100, default 60. */
  perPage?: number | undefined
}

export interface FoundPosts {
  /** Newest first; nothing beside the rows themselves, and nobody's rights beyond the memberships are looked at. */
  posts: Post[]
  /** Per post the terms that stand in it, normalised: what a client highlights. */
  matches: Record<string, string[]>
  hasMore: boolean
}

const DEFAULT_PER_PAGE = 60
const MAX_PER_PAGE = 100
/** Deeper pages would sort ever more hits; nobody reads the thousandth. */
const MAX_DEPTH = 1000

/** Page arithmetic for hostile numbers: first and last index of the page, the latter exclusive. */
export function pageRange(page: number | undefined, perPage: number | undefined): { start: number; end: number } {
  const size = Number.isSafeInteger(perPage) && perPage! > 0 ? Math.min(perPage!, MAX_PER_PAGE) : DEFAULT_PER_PAGE
  const start = Number.isSafeInteger(page) && page! > 0 ? Math.min(page! * size, MAX_DEPTH) : 0
  return { start, end: Math.min(start + size, MAX_DEPTH) }
}

/** Posts a reader may be shown, by id: not deleted, not history, not written by the system. */
async function readLive(client: PoolClient, ids: string[]): Promise<Map<string, Post>> {
  const result = await client.query<PostRow>(
    `SELECT posts.* FROM posts WHERE posts.id = ANY($1::text[]) AND ${SEARCHABLE}`,
    [ids],
  )
  return new Map(result.rows.map((row) => [row.id, postOf(row)]))
}

/** The terms that stand in a post: all of them, unless one was enough. */
function matchesOf(query: SearchQuery, message: string): string[] {
  const texts = query.terms.map((term) => term.text)
  if (!query.anyTerm) return texts
  const body = normalise(message)
  return texts.filter((text) => body.includes(text))
}

/**
 * Finds posts in the channels the user is a member of: exact, newest first. An empty query finds nothing. Waits for the
 * indexer to reach everything this process has committed. Throws only what the database throws.
 */
export async function findPosts(services: SearchServices, options: SearchOptions): Promise<FoundPosts> {
  const { start, end } = pageRange(options.page, options.perPage)
  // Extensions are a property of files: a search for posts ignores them.
  const query: SearchQuery = { ...options.query, extensions: [], notExtensions: [] }
  if (isEmptyQuery(query) || start >= end) return { posts: [], matches: {}, hasMore: false }
  await services.indexer?.flush()
  const scope = await resolveScope(services.pool, options, query)
  const criteria = { ...termCriteria(query), ...scope }
  const { hits, found } = await runSearch(services.pool, 'outpost.post_search', criteria, end + 1, readLive)
  const posts = hits.slice(start, end).map((hit) => found.get(hit.id)!)
  const matches: Record<string, string[]> = {}
  for (const { id, message } of posts) {
    const terms = matchesOf(query, message)
    if (terms.length > 0) matches[id] = terms
  }
  return { posts, matches, hasMore: hits.length > end }
}
