import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { CacheChange } from '../realtime/changes.ts'
import type { ServerEvent } from '../realtime/events.ts'
import type { Queries } from './pool.ts'
import { isStalePlan } from './preparing-client.ts'
import type { DB } from './tables.ts'

/** One transaction and what is to be said when it has been committed. */
export interface Tx {
  readonly db: Queries
  /** Tells connected clients, after the commit. */
  publish(event: ServerEvent): void
  /** Drops cached entries in every process, after the commit and before any event of this transaction. */
  changed(change: CacheChange): void
  /** Runs in this process after the commit and after the events; its failure is reported, not thrown. */
  afterCommit(fn: () => void): void
}

/**
 * Runs `work` in a transaction. Rejects with what `work` threw, and then nothing has been written or said. `work`
 * may run up to four times (serialization failures and deadlocks are retried), so it must not touch anything but `tx`.
 */
export interface UnitOfWork {
  <T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** For work of exactly one statement, which is its own transaction: two round trips less. */
  single<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

const RETRIES = 3
const retryable = new Set(['40001', '40P01'])
const isRetryable = (error: unknown): boolean =>
  retryable.has((error as { code?: string })?.code ?? '') || isStalePlan(error)

interface Collected {
  changes: CacheChange[]
  events: ServerEvent[]
  callbacks: (() => void)[]
  open: boolean
}

/**
 * Makes the unit of work of a process. `deliver` gets everything one transaction collected, once, after its commit.
 * What `deliver` or an `afterCommit` function throws goes to `report`: the data is committed, the caller must not
 * believe otherwise.
 */
export function createUnitOfWork(
  db: Kysely<DB>,
  deliver: (changes: CacheChange[], events: ServerEvent[]) => void | Promise<void>,
  report: (error: unknown) => void = (error) => process.emitWarning(error as Error),
): UnitOfWork {
  const run = async <T>(attemptWork: (collected: Collected) => Promise<T>): Promise<T> => {
    for (let attempt = 0; ; attempt++) {
      const collected: Collected = { changes: [], events: [], callbacks: [], open: true }
      try {
        const result = await attemptWork(collected)
        collected.open = false
        await announce(collected, deliver, report)
        return result
      } catch (error) {
        collected.open = false
        if (attempt >= RETRIES || !isRetryable(error)) throw error
        // Two transactions that deadlocked must not meet again in step.
        await sleep(Math.random() * 10 * 2 ** attempt)
      }
    }
  }
  const whole = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    run((collected) => db.transaction().execute((transaction) => work(transactionOf(transaction, collected))))
  const single = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => run((collected) => work(transactionOf(db, collected)))
  return Object.assign(whole, { single })
}

function transactionOf(db: Queries, collected: Collected): Tx {
  const push = <T>(list: T[], item: T): void => {
    // Reached only by a promise nobody awaited: its event would be lost without a word.
    if (!collected.open) throw new Error('the unit of work has ended')
    list.push(item)
  }
  return {
    db,
    publish: (event) => push(collected.events, event),
    changed: (change) => push(collected.changes, change),
    afterCommit: (fn) => push(collected.callbacks, fn),
  }
}

/** The caller goes on only when caches are fresh and events are on their way: he must be able to read what he wrote. */
async function announce(
  { changes, events, callbacks }: Collected,
  deliver: (changes: CacheChange[], events: ServerEvent[]) => void | Promise<void>,
  report: (error: unknown) => void,
): Promise<void> {
  const attempt = async (fn: () => void | Promise<void>): Promise<void> => {
    try {
      await fn()
    } catch (error) {
      report(error)
    }
  }
  if (changes.length || events.length) await attempt(() => deliver(changes, events))
  for (const callback of callbacks) await attempt(callback)
}
