import { setTimeout as sleep } from 'node:timers/promises'
import type { Queries } from '../database/pool.ts'
import type { Tx, UnitOfWork } from '../database/unit-of-work.ts'
import type { CacheChange } from '../realtime/changes.ts'
import type { ServerEvent } from '../realtime/events.ts'
import { JOIN_LEAVE_TYPES, withRoot } from './post.ts'
import type { Post } from './post.ts'
import { asStored } from './post-row.ts'
import { insertPosts, isWritten } from './posts.store.ts'
import type { ChannelDelta, MemberDelta } from './posts.store.ts'

/** Who is mentioned by a post, for the unread counters. */
export interface CountedMention {
  readonly userId: string
  readonly urgent: boolean
}

/** One post to write, with everything that belongs to it. */
export interface PostWrite {
  readonly post: Post
  /** the author has read the channel up to this post */
  readonly authorViews: boolean
  readonly mentions: readonly CountedMention[]
  /** further rows of the same transaction: thread, files, priority … Returns more events. */
  readonly also?: (db: Queries) => Promise<readonly ServerEvent[] | void>
  readonly events: readonly ServerEvent[]
  readonly changes?: readonly CacheChange[]
}

/** What is written in the transaction of a post; what it throws undoes the post. */
export type Together = Pick<PostWrite, 'also' | 'changes'>

/** The same with more in its transaction, said after what it says itself. */
export function writtenTogether(write: PostWrite, together: Together): PostWrite {
  const also: NonNullable<PostWrite['also']> = async (db) => {
    const events = (await write.also?.(db)) ?? []
    return [...events, ...((await together.also?.(db)) ?? [])]
  }
  return { ...write, also, changes: [...(write.changes ?? []), ...(together.changes ?? [])] }
}

interface Waiting {
  readonly write: PostWrite
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

const MAX_BATCH = 200

/** How long a database may take to replay its log after a crash before posts under way are given up. */
const RECOVERY_MS = 120_000

/** There was no connection to begin with, so that nothing was sent, and the other posts of the batch fare no better. */
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'EHOSTUNREACH', '57P03', '53300'])

/**
 * Writes posts in natural batches: while one batch is being committed, the next one gathers. At low load a batch
 * is one post and costs no waiting; at high load the disk sets the pace, not the number of round trips.
 */
export class PostWriter {
  readonly #unitOfWork: UnitOfWork
  #waiting: Waiting[] = []
  #busy = false

  constructor(unitOfWork: UnitOfWork) {
    this.#unitOfWork = unitOfWork
  }

  /** Resolves when the post is durable and its events are on their way; rejects when nothing of it was written. */
  write(write: PostWrite): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ write, done, failed })
      if (!this.#busy) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#busy = true
    // Requests that arrived in the same turn of the event loop belong to the same batch.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH)
      await this.#commit(batch)
    }
    this.#busy = false
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const writes = batch.map((one) => one.write)
    const isSingle = writes.every((write) => !write.also)
    // What is to be said once it is written; unknown until the further rows are written.
    let said = isSingle ? writes.flatMap((write) => write.events) : undefined
    const say = (tx: Tx, events: readonly ServerEvent[]): void => {
      tx.changed({ kind: 'posts', ids: writes.map((write) => write.post.id) })
      for (const change of listChanges(writes)) tx.changed(change)
      for (const change of writes.flatMap((write) => write.changes ?? [])) tx.changed(change)
      for (const event of events) tx.publish(event)
    }
    try {
      const work = async (tx: Tx): Promise<void> => {
        await insertPosts(tx.db, ...batchRows(writes))
        const events: ServerEvent[] = []
        for (const write of writes) events.push(...write.events, ...((await write.also?.(tx.db)) ?? []))
        said = events
        say(tx, events)
      }
      await (isSingle ? this.#unitOfWork.single(work) : this.#unitOfWork(work))
      for (const one of batch) one.done()
    } catch (error) {
      const fate = await this.#fateOf(writes, error)
      if (fate === 'unknown') for (const one of batch) one.failed(error)
      else if (fate === 'written') {
        const events = said ?? writes.flatMap((write) => write.events)
        await this.#unitOfWork.single(async (tx) => say(tx, events))
        for (const one of batch) one.done()
      }
      // One bad post must not take the others of its batch with it.
      else if (batch.length > 1) for (const one of batch) await this.#commit([one])
      else batch[0]!.failed(error)
    }
  }

  /**
   * What became of a batch whose answer was lost on the way: its client would send a post again that is there. A
   * database that starts again after a crash answers within seconds.
   */
  async #fateOf(writes: readonly PostWrite[], error: unknown): Promise<'written' | 'absent' | 'unknown'> {
    const { code = '' } = error as { code?: string }
    if (UNREACHABLE.has(code)) return 'unknown'
    const isAnswer = /^[0-9A-Z]{5}$/.test(code) && !/^(08|57P)/.test(code)
    if (isAnswer) return 'absent'
    for (const deadline = Date.now() + RECOVERY_MS; Date.now() < deadline; await sleep(100)) {
      try {
        const isThere = await this.#unitOfWork.single((tx) => isWritten(tx.db, writes[0]!.post.id))
        return isThere ? 'written' : 'absent'
      } catch {
        // Not back yet.
      }
    }
    return 'unknown'
  }
}

/** What the posts change in the lists of their channels. */
function listChanges(writes: readonly PostWrite[]): CacheChange[] {
  const byChannel = Map.groupBy(writes, (write) => write.post.channel_id)
  return [...byChannel].map(([channelId, own]) => {
    const isBare = ({ post, also }: PostWrite) => !also && !post.root_id && Object.keys(post.props).length === 0
    const others = own.filter((write) => !isBare(write)).flatMap(({ post }) => withRoot(post))
    const created = own.filter(isBare).map(({ post }) => asStored(post))
    return { kind: 'channelPosts', channelId, ids: others, created }
  })
}

/** Adds up what a batch changes: one row a channel and one a member, because a statement may touch a row only once. */
export function batchRows(
  writes: readonly PostWrite[],
): [posts: Post[], channels: ChannelDelta[], members: MemberDelta[]] {
  const channels = new Map<string, ChannelDelta>()
  const members = new Map<string, MemberDelta>()
  const membersIn = new Map<string, Set<MemberDelta>>()
  const member = (channelid: string, userid: string): MemberDelta => {
    const key = `${channelid}:${userid}`
    let delta = members.get(key)
    if (!delta) {
      const counts = { after: 0, rootsafter: 0, mentions: 0, rootmentions: 0, urgent: 0 }
      members.set(key, (delta = { channelid, userid, viewed: false, at: 0, ...counts }))
      const others = membersIn.get(channelid)
      if (others) others.add(delta)
      else membersIn.set(channelid, new Set([delta]))
    }
    return delta
  }
  for (const { post, authorViews, mentions } of writes) {
    const isRoot = post.root_id === '' ? 1 : 0
    const counts = JOIN_LEAVE_TYPES.has(post.type) ? 0 : 1
    const channel = channels.get(post.channel_id) ?? {
      channelid: post.channel_id,
      posts: 0,
      roots: 0,
      at: 0,
      rootat: 0,
    }
    channels.set(post.channel_id, channel)
    channel.posts += counts
    channel.roots += counts * isRoot
    channel.at = Math.max(channel.at, post.create_at)
    if (isRoot) channel.rootat = Math.max(channel.rootat, post.create_at)
    for (const other of membersIn.get(post.channel_id) ?? []) {
      other.after += counts
      other.rootsafter += counts * isRoot
    }
    for (const { userId, urgent } of mentions) {
      const mentioned = member(post.channel_id, userId)
      mentioned.mentions++
      mentioned.rootmentions += isRoot
      mentioned.urgent += urgent ? 1 : 0
      // Who wrote earlier in the batch has read up to his own post, not up to this one.
      if (!mentioned.viewed) mentioned.at = Math.max(mentioned.at, post.create_at)
    }
    if (!authorViews) continue
    const author = member(post.channel_id, post.user_id)
    const at = Math.max(author.at, post.create_at)
    Object.assign(author, { viewed: true, at, after: 0, rootsafter: 0, mentions: 0, rootmentions: 0, urgent: 0 })
  }
  // Always in the same order: statements that lock the same rows must not wait for each other.
  const inOrder = [...members].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, delta]) => delta)
  return [writes.map((write) => write.post), [...channels.values()], inOrder]
}
