import type { ConfigStore } from '../config/config-store.ts'
import type { Queries } from '../database/pool.ts'
import type { UnitOfWork } from '../database/unit-of-work.ts'
import type { NotificationStatus } from '../notifications/notification-types.ts'
import type { Presence as SocketPresence } from '../realtime/endpoint.ts'
import { event } from '../realtime/events.ts'
import type { Hub } from '../realtime/hub.ts'
import * as rules from './status.ts'
import type { Presence, Status } from './status.ts'
import * as store from './statuses.store.ts'

/** Activity that changes nothing else is written at most this often (behaviours.md §11). */
const ACTIVITY_EVERY = 2 * 60_000
const MINUTE = 60_000
const MAX_KNOWN = 200_000
const MAX_BATCH = 1_000

export interface StatusesParts {
  readonly db: Queries
  readonly unitOfWork: UnitOfWork
  readonly config: Pick<ConfigStore, 'get'>
  readonly hub: Pick<Hub, 'isConnected'>
  /** a write in the background failed; it is tried again with the next change */
  readonly onError?: (error: unknown) => void
  readonly now?: () => number
}

/**
 * Who is online, away, busy or gone. The truth is in memory; rows and `status_change` events follow in natural
 * batches in the background, so that nobody's request waits for them.
 */
export class Statuses implements SocketPresence {
  readonly #parts: StatusesParts
  readonly #now: () => number
  /** everyone who was seen since the start, and everyone whose status was chosen by hand: the others are offline */
  readonly #known = new Map<string, Presence>()
  /** times of the last written activity */
  readonly #written = new Map<string, number>()
  /** what is still to be written; true = the person's clients are told too */
  #dirty = new Map<string, boolean>()
  #writing: Promise<void> | undefined
  #scheduled = false
  #stopped = false
  #timer: NodeJS.Timeout | undefined

  constructor(parts: StatusesParts) {
    this.#parts = parts
    this.#now = parts.now ?? Date.now
  }

  /** Call once before anybody connects. */
  async start(): Promise<void> {
    await store.resetStatuses(this.#parts.db)
    for (const [userId, presence] of await store.findManualStatuses(this.#parts.db)) {
      this.#known.set(userId, presence)
      this.#written.set(userId, presence.lastActivityAt)
    }
    this.refresh(this.#now())
    this.#timer = setInterval(() => this.refresh(this.#now()), MINUTE)
    this.#timer.unref()
  }

  /** Ends the timer and writes what has not been written. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    for (const [userId, presence] of this.#known) {
      if ((this.#written.get(userId) ?? presence.lastActivityAt) < presence.lastActivityAt) this.#mark(userId, false)
    }
    await this.flush().catch((error: unknown) => this.#parts.onError?.(error))
    this.#stopped = true
  }

  /** Presence as the notification rules read it; never a query. */
  statusOf(userId: string): NotificationStatus {
    if (!this.#enabled) return { status: this.#parts.hub.isConnected(userId) ? 'online' : 'offline' }
    const { status, lastActivityAt, activeChannel } = this.#known.get(userId) ?? rules.NOBODY
    return { status, lastActivityAt, activeChannelId: activeChannel }
  }

  connected(userId: string): void {
    this.setActive(userId)
  }

  /** A connection is known to live: the moment to see whether its user has been idle. */
  alive(userId: string): void {
    const timeout = this.#parts.config.get().TeamSettings.UserStatusAwayTimeout * 1000
    this.#change(userId, (before) => rules.maybeAway(before, this.#now(), timeout))
  }

  disconnected(userId: string): void {
    this.#change(userId, (before) => rules.offline(before, this.#now()))
  }

  /** The person did something: online, unless they chose otherwise. No query, may be called on any path. */
  setActive(userId: string): void {
    this.#change(userId, (before) => rules.active(before, this.#now()))
  }

  /** The person's program did something: counts as activity, but makes nobody online. No query. */
  noteActivity(userId: string): void {
    this.#change(userId, (before) => ({ ...before, lastActivityAt: this.#now() }))
  }

  /** The person has opened a channel ('' = none): activity too, and no push is needed for what is before his eyes. */
  setActiveChannel(userId: string, channelId: string): void {
    this.#change(userId, (before) => {
      const after = channelId ? rules.active(before, this.#now()) : before
      return { ...after, activeChannel: channelId }
    })
  }

  /** What a client says of its user; `byHand` = he chose it in a menu. */
  setActiveOrAway(userId: string, isActive: boolean, byHand: boolean): void {
    const now = this.#now()
    const timeout = this.#parts.config.get().TeamSettings.UserStatusAwayTimeout * 1000
    this.#change(userId, (before) =>
      isActive ? rules.active(before, now, byHand) : rules.maybeAway(before, now, timeout, byHand),
    )
  }

  /** A choice by hand; `dndEndTime` in seconds, 0 = none. Resolves when it is durable and the event is on its way. */
  async choose(userId: string, status: Exclude<Status['status'], 'ooo'>, dndEndTime = 0): Promise<void> {
    const now = this.#now()
    this.#change(userId, (before) => {
      if (status === 'online') return rules.active(before, now, true)
      if (status === 'away') return rules.maybeAway(before, now, 0, true)
      return status === 'dnd' ? rules.doNotDisturb(before, dndEndTime) : rules.offline(before, now, true)
    })
    await this.flush()
  }

  /** Out of office, with the automatic reply. */
  async setOutOfOffice(userId: string): Promise<void> {
    this.#change(userId, rules.outOfOffice)
    await this.flush()
  }

  /** Everyone's status in the order asked for; unknown people are offline, so that an id tells nothing. */
  async find(userIds: readonly string[]): Promise<Status[]> {
    if (!this.#enabled) return []
    const missing = userIds.filter((id) => !this.#known.has(id))
    if (missing.length > 0) {
      const found = await store.findStatuses(this.#parts.db, missing)
      for (const userId of missing) {
        if (!this.#known.has(userId)) this.#known.set(userId, found.get(userId) ?? rules.NOBODY)
      }
      this.#trim()
    }
    return userIds.map((id) => rules.statusView(id, this.#known.get(id) ?? rules.NOBODY))
  }

  /** Everyone known who is not offline. */
  present(): Record<string, string> {
    const found: Record<string, string> = {}
    if (!this.#enabled) return found
    for (const [userId, { status }] of this.#known) if (status !== 'offline') found[userId] = status
    return found
  }

  /**
   * What time alone changes, at `now` (ms): a `dnd` that has ended gives back the former status, and programs that
   * were active over the API without a connection are gone after a while.
   */
  refresh(now: number): void {
    const timeout = this.#parts.config.get().TeamSettings.UserStatusAwayTimeout * 1000
    for (const [userId, { status, manual, dndEndTime, lastActivityAt }] of this.#known) {
      const connected = () => this.#parts.hub.isConnected(userId)
      if (status === 'dnd' && dndEndTime > 0 && dndEndTime * 1000 <= now) {
        this.#change(userId, (before) => rules.disturbAgain(before, connected()))
      } else if (status !== 'offline' && !manual && now - lastActivityAt >= timeout && !connected()) {
        this.#change(userId, (before) => rules.offline(before, lastActivityAt))
      }
    }
  }

  get #enabled(): boolean {
    return this.#parts.config.get().ServiceSettings.EnableUserStatuses
  }

  #change(userId: string, change: (before: Presence) => Presence): void {
    if (!this.#enabled || this.#stopped) return
    const before = this.#known.get(userId) ?? rules.NOBODY
    const after = change(before)
    if (after === before) return
    this.#known.set(userId, after)
    const told = after.status !== before.status || (after.status === 'dnd' && after.dndEndTime !== before.dndEndTime)
    const stale = after.lastActivityAt - (this.#written.get(userId) ?? 0) > ACTIVITY_EVERY
    if (told || after.manual !== before.manual || stale) this.#mark(userId, told)
  }

  #mark(userId: string, told: boolean): void {
    this.#dirty.set(userId, told || (this.#dirty.get(userId) ?? false))
    if (this.#scheduled || this.#stopped) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.flush().catch((error: unknown) => this.#parts.onError?.(error))
    })
  }

  /** Resolves when everything that changed before the call has been written and told. */
  async flush(): Promise<void> {
    while (this.#writing || (this.#dirty.size > 0 && !this.#stopped)) {
      this.#writing ??= this.#writeBatch().finally(() => (this.#writing = undefined))
      await this.#writing
    }
  }

  async #writeBatch(): Promise<void> {
    const batch = [...this.#dirty].slice(0, MAX_BATCH)
    for (const [userId] of batch) this.#dirty.delete(userId)
    const rows = batch.map(([userId]) => [userId, this.#known.get(userId) ?? rules.NOBODY] as const)
    try {
      await this.#parts.unitOfWork.single(async (tx) => {
        await store.upsertStatuses(tx.db, rows)
        batch.forEach(([userId, told], i) => {
          if (told) tx.publish(event('status_change', { userId }, { status: rows[i]![1].status, user_id: userId }))
        })
      })
    } catch (error) {
      for (const [userId, told] of batch) this.#dirty.set(userId, told || (this.#dirty.get(userId) ?? false))
      throw error
    }
    for (const [userId, presence] of rows) this.#written.set(userId, presence.lastActivityAt)
  }

  /** Those who are offline can be read again. */
  #trim(): void {
    if (this.#known.size <= MAX_KNOWN) return
    for (const [userId, { status, manual }] of this.#known) {
      if (status !== 'offline' || manual || this.#dirty.has(userId)) continue
      this.#known.delete(userId)
      this.#written.delete(userId)
    }
  }
}
