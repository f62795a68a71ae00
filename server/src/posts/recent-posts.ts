import type { CacheChange } from '../realtime/changes.ts'
import type { Reaction } from '../reactions/reaction.ts'
import { toJson } from '../http/reply.ts'
import { findLastChange, findPostsPage, newestFirst } from './post-lists.store.ts'
import { isAlikeForAll, preparePosts } from './prepare-posts.ts'
import type { PrepareParts } from './prepare-posts.ts'
import type { Post } from './post.ts'
import { findAnyPosts } from './posts.store.ts'

/** So many posts of a channel are read, and after so many more the oldest are forgotten. */
const READ = 100
const MAX_KEPT = 200
const MAX_CHANNELS = 300
/** How long what is kept is believed without a look at the database: others may write there too (ms). */
const TRUSTED = 1_000

/** The newest posts of a channel as they stand now. */
export interface RecentList {
  /** live posts, newest first */
  readonly posts: readonly RecentPost[]
  /** these are all posts of the channel */
  readonly isWhole: boolean
  /** when the channel last changed (ms): lists with the same version are the same */
  readonly version: number
}

/** A stored post with what is sent of it, encoded once for all who read it. */
export class RecentPost {
  readonly post: Post
  readonly #prepared: Post | undefined
  #json: string | undefined

  constructor(post: Post, prepared?: Post) {
    this.post = post
    this.#prepared = prepared
  }

  /** What every reader of the channel gets; undefined when that depends on who reads it and when. */
  get json(): string | undefined {
    return this.#prepared && (this.#json ??= toJson(this.#prepared))
  }

  /** The post with one more reaction; undefined when it is not the same for every reader. */
  withReaction(reaction: Reaction): RecentPost | undefined {
    if (!this.#prepared) return undefined
    const reacted = { update_at: Math.max(this.post.update_at, reaction.update_at), has_reactions: true }
    const { metadata } = this.#prepared
    const reactions = [...(metadata.reactions ?? []).filter((one) => !isSame(one, reaction)), reaction]
    const prepared = {
      ...this.#prepared,
      ...reacted,
      metadata: { ...metadata, reactions: reactions.toSorted(inOrder) },
    }
    return new RecentPost({ ...this.post, ...reacted }, prepared)
  }
}

const isSame = (one: Reaction, other: Reaction): boolean =>
  one.user_id === other.user_id && one.emoji_name === other.emoji_name

/** As reactions are read from the database: oldest first, those of one moment by user. */
const inOrder = (one: Reaction, other: Reaction): number =>
  one.create_at - other.create_at || (one.user_id < other.user_id ? -1 : 1)

interface Recent {
  posts: RecentPost[]
  isWhole: boolean
  version: number
  /** when it was last compared with the database (ms), 0 before it was read */
  checkedAt: number
  /** posts that have changed since they were read */
  readonly stale: Set<string>
  busy: Promise<void> | undefined
}

/**
 * Keeps the newest posts of the channels that people look at, because everybody who opens a channel asks for them. It
 * follows what this process commits: new posts are added, changed ones are read again, one by one.
 */
export class RecentPosts {
  readonly #parts: PrepareParts
  readonly #channels = new Map<string, Recent>()
  #withEmojis: boolean | undefined

  constructor(parts: PrepareParts) {
    this.#parts = parts
  }

  /** Whether so many posts can be had from here. */
  static holds(count: number): boolean {
    return count > 0 && count <= READ
  }

  /** At least `count` of the newest posts of a channel, or all that it has. Nobody's rights are looked at. */
  async newest(channelId: string, count: number): Promise<RecentList> {
    this.#followSettings()
    for (;;) {
      const recent = this.#channels.get(channelId) ?? this.#open(channelId)
      if (recent.busy) await recent.busy
      // What was under way may have begun before the caller's own change; what somebody has begun since has not.
      if (recent.busy || isDue(recent)) await (recent.busy ??= this.#renew(channelId, recent))
      if (recent.posts.length < count && !recent.isWhole) this.#drop(channelId, recent)
      if (this.#channels.get(channelId) === recent) return recent
    }
  }

  /** What is kept was prepared with or without custom emojis. */
  #followSettings(): void {
    const { EnableCustomEmoji } = this.#parts.config.get().ServiceSettings
    if (this.#withEmojis !== EnableCustomEmoji) this.#channels.clear()
    this.#withEmojis = EnableCustomEmoji
  }

  /** Follows committed changes. */
  apply(change: CacheChange): void {
    if (change.kind === 'channelPosts') this.#follow(change)
    else if (change.kind === 'channel') this.#channels.delete(change.channelId)
    else if (change.kind === 'emoji' || change.kind === 'everything') this.#channels.clear()
  }

  #follow({ channelId, ids, created = [], reacted = [] }: CacheChange & { kind: 'channelPosts' }): void {
    const recent = this.#channels.get(channelId)
    if (!recent) return
    for (const id of ids) recent.stale.add(id)
    for (const reaction of reacted) if (!react(recent, reaction)) recent.stale.add(reaction.post_id)
    for (const post of created) {
      const isKnown = recent.stale.has(post.id) || recent.posts.some((one) => one.post.id === post.id)
      if (recent.checkedAt === 0 || isKnown) recent.stale.add(post.id)
      else add(recent, new RecentPost(post, post))
    }
  }

  #open(channelId: string): Recent {
    const recent = { posts: [], isWhole: false, version: 0, checkedAt: 0, stale: new Set<string>(), busy: undefined }
    this.#channels.set(channelId, recent)
    if (this.#channels.size > MAX_CHANNELS) this.#channels.delete(this.#channels.keys().next().value!)
    return recent
  }

  #drop(channelId: string, recent: Recent): void {
    if (this.#channels.get(channelId) === recent) this.#channels.delete(channelId)
  }

  async #renew(channelId: string, recent: Recent): Promise<void> {
    try {
      const isCurrent =
        recent.checkedAt === 0 ? await this.#read(channelId, recent) : await this.#update(channelId, recent)
      if (!isCurrent) this.#drop(channelId, recent)
    } catch (error) {
      this.#drop(channelId, recent)
      throw error
    } finally {
      recent.busy = undefined
    }
  }

  async #read(channelId: string, recent: Recent): Promise<boolean> {
    const { db } = this.#parts
    const now = Date.now()
    // First the version: a change between the two makes the list look older than it is, never newer.
    const version = await findLastChange(db, channelId)
    const found = await findPostsPage(db, { channelId, rootsOnly: false, offset: 0, limit: READ })
    const posts = await this.#prepared(found)
    Object.assign(recent, { posts, isWhole: found.length < READ, version, checkedAt: now })
    return true
  }

  /** Reads changed posts again. False when the list as a whole can no longer be trusted. */
  async #update(channelId: string, recent: Recent): Promise<boolean> {
    const ids = [...recent.stale]
    recent.stale.clear()
    if (ids.length > 0) {
      const found = await findAnyPosts(this.#parts.db, ids)
      // A post that is gone for good, or moved, leaves no trace in the channel's version.
      if (found.length < ids.length || found.some((post) => post.channel_id !== channelId)) return false
      const live = await this.#prepared(found.filter((post) => post.delete_at === 0 && post.original_id === ''))
      recent.posts = recent.posts.filter(({ post }) => !ids.includes(post.id))
      for (const one of live) add(recent, one)
      for (const post of found) recent.version = Math.max(recent.version, post.update_at)
    }
    if (Date.now() - recent.checkedAt < TRUSTED) return true
    const before = recent.version
    recent.checkedAt = Date.now()
    const version = await findLastChange(this.#parts.db, channelId)
    // What this process commits meanwhile has been told, or will be.
    return version === before || version === recent.version || recent.stale.size > 0
  }

  async #prepared(posts: readonly Post[]): Promise<RecentPost[]> {
    const alike = await preparePosts(this.#parts, null, posts.filter(isAlikeForAll))
    const byId = new Map(alike.map((post) => [post.id, post]))
    return posts.map((post) => new RecentPost(post, byId.get(post.id)))
  }
}

const isDue = (recent: Recent): boolean => recent.stale.size > 0 || Date.now() - recent.checkedAt >= TRUSTED

/** Adds a reaction to a kept post. False when the post must be read again instead, or is being read. */
function react(recent: Recent, reaction: Reaction): boolean {
  if (recent.checkedAt === 0 || recent.busy || recent.stale.has(reaction.post_id)) return false
  const place = recent.posts.findIndex(({ post }) => post.id === reaction.post_id)
  const reacted = recent.posts[place]?.withReaction(reaction)
  if (!reacted) return false
  recent.posts[place] = reacted
  recent.version = Math.max(recent.version, reacted.post.update_at)
  return true
}

/** Puts a live post in its place; one that is older than everything kept stays outside. */
function add(recent: Recent, added: RecentPost): void {
  const { posts } = recent
  const place = posts.findIndex((one) => newestFirst(added.post, one.post) < 0)
  if (place >= 0) posts.splice(place, 0, added)
  else if (recent.isWhole) posts.push(added)
  recent.version = Math.max(recent.version, added.post.update_at)
  if (posts.length <= MAX_KEPT) return
  posts.length = READ
  recent.isWhole = false
}
