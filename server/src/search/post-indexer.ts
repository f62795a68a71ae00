import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { CacheChange } from '../realtime/changes.ts'
import { indexPosts, mergePending } from './index-batch.ts'
import { OwnWrites } from './own-writes.ts'
import { changedAfter, type Position, staleAmong, writtenBefore } from './stale-posts.ts'

export interface PostIndexerOptions {
  pool: Pool
  log?: { warn(text: string): void } | undefined
}

const CURSOR = 'posts'
const BATCH = 500
const PAGE = 2000
/**
 * Indexing waits for a lull in the writing, but not for longer than this or for more posts than this: people who write
 * come first. A search does not wait for the lull, it has everything indexed at once.
 */
const GATHER_MS = 250
const MAX_GATHER_MS = 10_000
const MAX_GATHERED = 10_000
/** How often changes made by other servers are looked for, and how many looks go back for late commits once. */
const SWEEP_MS = 15_000
const SHORT_SWEEPS = 8
/** The durable cursor stays this far behind: a slow transaction may commit a time stamp from minutes ago. */
const LATE_COMMIT_MS = 300_000
/** A sweep right after `noteCommitted()` without ids goes back this far only, a short one that far. */
const RECENT_MS = 5000
const SHORT_SWEEP_MS = 2 * SWEEP_MS
/** A search never waits longer than this for the indexer: an answer without the last second beats none. */
const MAX_FLUSH_MS = 3000
const RETRY_MS = 1000
const COMPARE_RETRY_MS = 10_000
const MAX_PENDING = 200_000
const END = Number.MAX_SAFE_INTEGER

/**
 * Keeps the search index in step with posts, off the write path. Three ways lead into it: ids noted after a commit of
 * this process; a sweep along posts.updateat from a durable cursor for what other servers wrote; and, at the start,
 * one comparison of all posts, newest first, which also fills an empty index. Each only writes what is stale.
 */
export class PostIndexer {
  readonly #pool: Pool
  readonly #log: PostIndexerOptions['log']
  #pending = new Set<string>()
  readonly #own = new OwnWrites()
  #sweepFrom: number | undefined
  #sweeps = 0
  #run: Promise<void> | undefined
  #gatherTimer: NodeJS.Timeout | undefined
  #gatheringSince = 0
  #sweepTimer: NodeJS.Timeout | undefined
  #following: Promise<void> | undefined
  #comparing: Promise<void> | undefined
  #compareWanted = false
  readonly #end = new AbortController()

  constructor(options: PostIndexerOptions) {
    this.#pool = options.pool
    this.#log = options.log
  }

  /** Catches up in the background and from then on follows other servers. Returns at once. */
  start(): void {
    this.#compareInBackground()
    this.#sweepTimer ??= setInterval(() => this.#follow(), SWEEP_MS)
    this.#sweepTimer.unref()
  }

  /**
   * Tells of posts just committed: created, edited, deleted, or with a newly extracted file text. Without ids the newest
   * changes are looked up. Costs the caller nothing but the call; a rolled-back id does no harm.
   */
  noteCommitted(ids?: Iterable<string>): void {
    if (this.#stopped) return
    if (!ids) this.#sweepFrom ??= Date.now() - RECENT_MS
    else if (this.#pending.size < MAX_PENDING) {
      const noted = [...ids]
      for (const id of noted) this.#pending.add(id)
      this.#own.note(noted, Date.now())
    }
    // So many at once are an import: reading them from the database costs less than keeping all ids in memory.
    else this.#compareInBackground()
    this.#schedule(GATHER_MS)
    if (!this.#gatherTimer) return
    const waited = Date.now() - this.#gatheringSince
    if (waited < MAX_GATHER_MS && this.#pending.size < MAX_GATHERED) this.#gatherTimer.refresh()
  }

  /** Follows what transactions of this process changed. */
  apply(change: CacheChange): void {
    if (change.kind === 'posts') this.noteCommitted(change.ids)
  }

  /** Resolves when everything noted before the call can be found, or after three seconds. Never throws. */
  async flush(): Promise<void> {
    if (this.#stopped || (!this.#run && !this.#hasWork())) return
    const timeout = new AbortController()
    const limit = pause(MAX_FLUSH_MS, undefined, { signal: timeout.signal, ref: false }).catch(() => undefined)
    await Promise.race([this.#drain(), limit])
    timeout.abort()
  }

  /** Reads all changes since the durable cursor, then compares all posts with the index, newest first. */
  async catchUp(): Promise<void> {
    await this.#sweep(0)
    let position: Position = { at: END, id: '' }
    while (!this.#stopped) {
      const page = await writtenBefore(this.#pool, position, PAGE)
      await this.#indexAll(page.stale)
      if (!page.last) return
      position = page.last
      // People are chatting on the same database: leave it most of the time.
      await this.#pause(page.stale.length > 0 ? 20 : 5)
    }
  }

  /** Finishes the batch under way and stops. What is left is found by the next start. */
  async stop(): Promise<void> {
    this.#end.abort()
    clearTimeout(this.#gatherTimer)
    clearInterval(this.#sweepTimer)
    await Promise.all([this.#run, this.#following, this.#comparing])
  }

  get #stopped(): boolean {
    return this.#end.signal.aborted
  }

  #hasWork(): boolean {
    return this.#pending.size > 0 || this.#sweepFrom !== undefined
  }

  /** A sweep beside the batches: no search has to wait for what other servers wrote. */
  #follow(): void {
    const isDeep = ++this.#sweeps % SHORT_SWEEPS === 0
    this.#following ??= this.#sweep(isDeep ? 0 : Date.now() - SHORT_SWEEP_MS)
      .catch((error: unknown) => this.#warn('follow other servers', error))
      .finally(() => (this.#following = undefined))
  }

  #compareInBackground(): void {
    this.#compareWanted = true
    this.#comparing ??= this.#compareUntilDone().finally(() => (this.#comparing = undefined))
  }

  async #compareUntilDone(): Promise<void> {
    while (this.#compareWanted && !this.#stopped) {
      this.#compareWanted = false
      try {
        await this.catchUp()
      } catch (error) {
        this.#compareWanted = true
        this.#warn('catch up', error)
        await this.#pause(COMPARE_RETRY_MS)
      }
    }
  }

  /** Ends early, without an error, when the indexer stops. */
  async #pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#end.signal, ref: false }).catch(() => undefined)
  }

  #schedule(delay: number): void {
    if (this.#stopped || this.#run || this.#gatherTimer) return
    this.#gatheringSince = Date.now()
    this.#gatherTimer = setTimeout(() => void this.#start(), delay)
    this.#gatherTimer.unref()
  }

  #start(): Promise<void> {
    clearTimeout(this.#gatherTimer)
    this.#gatherTimer = undefined
    this.#run ??= this.#work().finally(() => {
      this.#run = undefined
      if (this.#hasWork()) this.#schedule(GATHER_MS)
    })
    return this.#run
  }

  async #drain(): Promise<void> {
    // The run under way may have taken its batch before the caller's post was noted: the next one has it.
    if (this.#run) await this.#run
    if (this.#run || this.#hasWork()) await this.#start()
  }

  /** One round: all ids and sweeps known at its start. On failure they are put back for a later round. */
  async #work(): Promise<void> {
    const ids = this.#pending
    const sweepFrom = this.#sweepFrom
    this.#pending = new Set()
    this.#sweepFrom = undefined
    try {
      await this.#indexAll([...ids])
      if (sweepFrom !== undefined) await this.#sweep(sweepFrom)
      // Every search reads what is not merged from end to end.
      await mergePending(this.#pool).catch((error: unknown) => this.#warn('merge its pending lists', error))
    } catch (error) {
      if (this.#stopped) return
      this.#warn('index posts', error)
      for (const id of ids) this.#pending.add(id)
      this.#sweepFrom ??= sweepFrom
      await this.#pause(RETRY_MS)
    }
  }

  async #indexAll(ids: string[]): Promise<void> {
    for (let i = 0; i < ids.length && !this.#stopped; i += BATCH) await indexPosts(this.#pool, ids.slice(i, i + BATCH))
  }

  /** Follows posts.updateat from the durable cursor or, if that is later, from `notBefore`. */
  async #sweep(notBefore: number): Promise<void> {
    const startedAt = Date.now()
    const stored = await this.#readCursor(startedAt)
    let position: Position = { at: Math.max(stored, notBefore), id: '' }
    for (;;) {
      const page = await changedAfter(this.#pool, position, PAGE)
      const foreign = page.filter(({ id, at }) => !this.#own.has(id, at)).map(({ id }) => id)
      await this.#indexAll(await staleAmong(this.#pool, foreign))
      position = page.at(-1) ?? position
      if (page.length < PAGE || this.#stopped) break
    }
    // Stopped half-way, the page just read may not be indexed: the cursor must not pass it.
    if (notBefore > stored || this.#stopped) return
    await this.#writeCursor(Math.min(position.at, startedAt - LATE_COMMIT_MS))
  }

  /** A new index starts a few minutes ago: the comparison of all posts does the rest, newest first. */
  async #readCursor(now: number): Promise<number> {
    const result = await this.#pool.query<{ at: string | number }>(
      'SELECT update_at AS at FROM outpost.search_cursor WHERE name = $1',
      [CURSOR],
    )
    return result.rows[0] ? Number(result.rows[0].at) : now - LATE_COMMIT_MS
  }

  async #writeCursor(at: number): Promise<void> {
    await this.#pool.query(
      `INSERT INTO outpost.search_cursor AS old (name, update_at) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET update_at = excluded.update_at WHERE excluded.update_at > old.update_at`,
      [CURSOR, at],
    )
  }

  #warn(what: string, error: unknown): void {
    this.#log?.warn(`Search could not ${what}; it will be tried again: ${String(error)}`)
  }
}
