import type { Pool, PoolClient } from 'pg'
import { type Criteria, createdCondition, gramCondition, matchConditions, Parameters } from './criteria.ts'

/** An index table of migration 0003. */
export type SearchTable = 'outpost.post_search' | 'outpost.file_search'

/** One hit; hits are ordered newest first. */
export interface Hit {
  id: string
  createAt: number
}

/** Rows of the first window: a full page of a word that stands in every sixth post, and a measure for all others. */
const FIRST_WINDOW = 400
/** A walk through more rows than this loses against the index, however common the word. */
const MAX_WALK = 24_000
/** What an index table nobody has analysed yet is taken to hold. */
const UNKNOWN_ROWS = 100_000
/** Searches no gram can narrow (filters alone, one letter) may walk further, but not for ever. */
const MAX_WALK_WITHOUT_GRAMS = 200_000
/** So many channels are walked one by one when no gram narrows the search. */
const MAX_SINGLE_WALKS = 16
/** An attacker could ask for the costliest query again and again: none may hold a connection for long. */
const STATEMENT_TIMEOUT_MS = 8000

const WALK_SETTINGS = `BEGIN READ ONLY; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0;
  SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS}; SET LOCAL work_mem = '32MB';
  SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off`
const GRAM_SETTINGS = 'SET LOCAL enable_bitmapscan = on'

interface Walk {
  /** Column and value of the b-tree that delivers rows newest first; none = all rows by create_at. */
  by?: { column: 'channel_id' | 'user_id'; id: string }
  maxRows: number
}

interface WindowRow {
  seen: number
  oldest: string | null
  hits: [string, number][]
  /** Rows of the whole table, as last counted by PostgreSQL. */
  total: number
}

interface Walked {
  hits: Hit[]
  /** Whether `hits` needs no help from the index: the page is full or there are no more rows. */
  complete: boolean
}

function chooseWalks(criteria: Criteria, hasGrams: boolean): Walk[] {
  const maxRows = hasGrams ? MAX_WALK : MAX_WALK_WITHOUT_GRAMS
  const [userId, otherUser] = criteria.userIds ?? []
  if (userId && !otherUser) return [{ by: { column: 'user_id', id: userId }, maxRows }]
  const channels = criteria.channelIds
  if (channels.length === 1 || (!hasGrams && channels.length <= MAX_SINGLE_WALKS))
    return channels.map((id) => ({ by: { column: 'channel_id', id }, maxRows }))
  return [{ maxRows }]
}

/** SQL that looks at the newest `rows` rows up to `upTo` and gathers the hits among them. */
function windowStatement(table: SearchTable, criteria: Criteria, walk: Walk, rows: number, upTo: number) {
  const parameters = new Parameters()
  const source = createdCondition(criteria, parameters)
  if (walk.by) source.push(`${walk.by.column} = ${parameters.add(walk.by.id, 'text')}`)
  if (upTo < Number.MAX_SAFE_INTEGER) source.push(`create_at <= ${parameters.add(upTo, 'bigint')}`)
  const hit = [
    ...(walk.by?.column === 'channel_id' ? [] : [`channel_id = ANY(${parameters.add(criteria.channelIds, 'text[]')})`]),
    ...matchConditions(criteria, parameters),
  ]
  const text = `SELECT count(*)::int AS seen, min(create_at)::text AS oldest,
      coalesce(json_agg(json_build_array(id, create_at)) FILTER (WHERE is_hit), '[]') AS hits,
      (SELECT pg_class.reltuples::float8 FROM pg_class WHERE pg_class.oid = '${table}'::regclass) AS total
    FROM (SELECT id, create_at, (${hit.join(' AND ') || 'true'}) AS is_hit
      FROM (SELECT * FROM ${table} ${source.length > 0 ? `WHERE ${source.join(' AND ')}` : ''}
        ORDER BY create_at DESC LIMIT ${parameters.add(rows, 'int')}) AS newest) AS judged`
  return { text, values: parameters.values }
}

/**
 * Walks rows newest first in growing windows. Goes on only while the hits so far promise a full page within the
 * budget and with fewer rows than the grams would name: a rare word is found faster through its grams.
 */
async function walkNewest(
  client: PoolClient,
  table: SearchTable,
  criteria: Criteria,
  walk: Walk,
  wanted: number,
  hasGrams: boolean,
): Promise<Walked> {
  const hits = new Map<string, number>()
  let [seen, rows, upTo] = [0, FIRST_WINDOW, Number.MAX_SAFE_INTEGER]
  for (;;) {
    const { text, values } = windowStatement(table, criteria, walk, rows, upTo)
    const result = await client.query<WindowRow>(text, values)
    const row = result.rows[0]!
    for (const [id, createAt] of row.hits) hits.set(id, Number(createAt))
    seen += row.seen
    const complete = row.seen < rows || hits.size >= wanted
    if (complete || seen >= walk.maxRows) return { hits: sortHits(hits), complete }
    const needed = hits.size === 0 ? Infinity : Math.ceil((1.25 * seen * (wanted - hits.size)) / hits.size)
    const candidates = (hits.size / seen) * (row.total > 0 ? row.total : UNKNOWN_ROWS)
    if (hasGrams && (needed > candidates || seen + needed > walk.maxRows))
      return { hits: sortHits(hits), complete: false }
    // Never smaller than before: rows sharing one create_at with the last one come again in the next window.
    const goal = hasGrams ? Math.max(needed, rows) : Math.max(2 * rows, Math.min(needed, 4 * rows))
    rows = Math.min(goal, walk.maxRows)
    upTo = Number(row.oldest)
  }
}

function sortHits(hits: Map<string, number>): Hit[] {
  const list = [...hits].map(([id, createAt]) => ({ id, createAt }))
  return list.sort((a, b) => b.createAt - a.createAt || (a.id < b.id ? 1 : -1))
}

/** The statement that finds candidates through the grams index and verifies each; undefined without a usable gram. */
export function gramStatement(table: SearchTable, criteria: Criteria, wanted: number) {
  const parameters = new Parameters()
  const grams = gramCondition(criteria, parameters)
  if (!grams) return undefined
  const conditions = [
    grams,
    // The concatenation keeps the planner from reading whole channels through their b-tree beside the grams.
    `(channel_id || '') = ANY(${parameters.add(criteria.channelIds, 'text[]')})`,
    ...createdCondition(criteria, parameters),
    ...matchConditions(criteria, parameters),
  ]
  const text = `WITH matching AS MATERIALIZED (SELECT id, create_at FROM ${table} WHERE ${conditions.join(' AND ')})
    SELECT id, create_at::float8 AS "createAt" FROM matching ORDER BY create_at DESC, id DESC LIMIT ${parameters.add(wanted, 'int')}`
  return { text, values: parameters.values }
}

async function search(client: PoolClient, table: SearchTable, criteria: Criteria, wanted: number): Promise<Hit[]> {
  const grams = gramStatement(table, criteria, wanted)
  const walked = new Map<string, number>()
  let complete = true
  for (const walk of chooseWalks(criteria, grams !== undefined)) {
    const result = await walkNewest(client, table, criteria, walk, wanted, grams !== undefined)
    for (const hit of result.hits) walked.set(hit.id, hit.createAt)
    complete &&= result.complete
  }
  if (complete || !grams) return sortHits(walked).slice(0, wanted)
  await client.query(GRAM_SETTINGS)
  return (await client.query<Hit>(grams.text, grams.values)).rows
}

/**
 * The newest `wanted` hits, exact, newest first. `find` gets the ids of them, inside the same read-only transaction, and
 * returns what it finds of those that are still there: the index may lag behind a deletion made by another server.
 */
export async function runSearch<T>(
  pool: Pool,
  table: SearchTable,
  criteria: Criteria,
  wanted: number,
  find: (client: PoolClient, ids: string[]) => Promise<Map<string, T>>,
): Promise<{ hits: Hit[]; found: Map<string, T> }> {
  const nothing = { hits: [], found: new Map<string, T>() }
  if (criteria.channelIds.length === 0 || criteria.userIds?.length === 0) return nothing
  if (criteria.created.from >= criteria.created.before) return nothing
  const client = await pool.connect()
  const end = (statement: 'COMMIT' | 'ROLLBACK') =>
    client.query(statement).then(
      () => client.release(),
      () => client.release(true),
    )
  try {
    await client.query(WALK_SETTINGS)
    const hits = await search(client, table, criteria, wanted)
    const ids = hits.map((hit) => hit.id)
    const found = ids.length > 0 ? await find(client, ids) : nothing.found
    // Nothing was written: nobody has to wait for the end.
    void end('COMMIT')
    return { hits: hits.filter((hit) => found.has(hit.id)), found }
  } catch (error) {
    await end('ROLLBACK')
    throw error
  }
}
