import type { App } from '../app.ts'
import type { ReadableChannel } from '../channels/channel-access.ts'
import { readableChannel } from '../channels/channel-access.ts'
import { invalidParam } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { completeList } from './complete-list.ts'
import type { ThreadOptions } from './complete-list.ts'
import * as store from './post-lists.store.ts'
import type { PagedList } from './page-anchors.ts'
import type { PrepareParts } from './prepare-posts.ts'
import { postChangeError } from './post-changes.errors.ts'
import type { Post, PostList } from './post.ts'

export interface ChannelPostsQuery extends ThreadOptions {
  /** ms; > 0: what changed after it, nothing else counts */
  readonly since: number
  /** post ids, '' for none; `after` counts before `before` */
  readonly before: string
  readonly after: string
  readonly page: number
  readonly perPage: number
  readonly includeDeleted: boolean
  /** when the channel last changed (ms) */
  readonly version: number
}

type Parts = PrepareParts & Pick<App, 'pageAnchors'>

/** The channel whose posts are to be listed. Throws 403 without the right to read it, or if it may not be read any more. */
export async function listedChannel(
  app: Pick<App, 'access' | 'config'>,
  session: Session,
  channelId: string,
): Promise<ReadableChannel> {
  const channel = await readableChannel(app, session, channelId)
  if (channel.deleteAt > 0 && !app.config.get().TeamSettings.ExperimentalViewArchivedChannels) {
    throw postChangeError('api.user.view_archived_channels.get_posts_for_channel.app_error')
  }
  return channel
}

/**
 * When a channel's posts last changed (ms), 0 when it has none: lists with the same version are the same. Whoever reads
 * a channel page by page has begun with its newest posts, which are kept.
 */
export async function channelVersion(app: Pick<App, 'recentPosts'>, channel: ReadableChannel): Promise<number> {
  return (await app.recentPosts.newest(channel.id, 0)).version
}

/** A page of a channel, or what changed in it. Throws 400 when `before` or `after` names no post of the channel. */
export async function listChannelPosts(
  app: Parts,
  session: Session,
  channel: ReadableChannel,
  query: ChannelPostsQuery,
): Promise<PostList> {
  const page = await pageOf(app, channel, query)
  const list = completeList(app, session, session.userId, page.posts, query)
  if (query.since > 0) return list
  const ends = neighbours(app, channel, page, query)
  return { ...(await list), ...(await ends) }
}

/** Posts of a page, and the posts right before and after it ('' for none) where reading told. */
interface Page {
  readonly posts: readonly Post[]
  readonly older?: string
  readonly newer?: string
}

async function pageOf(app: Parts, channel: ReadableChannel, query: ChannelPostsQuery): Promise<Page> {
  const rootsOnly = query.collapsedThreads
  if (query.since > 0) {
    const changed = await store.findChangedPosts(app.db, channel.id, query.since, rootsOnly)
    return { posts: query.includeDeleted ? changed : changed.map(emptied) }
  }
  if (!query.after && !query.before && !query.includeDeleted) return numberedPage(app, channel, query)
  const posts = await store.findPostsPage(app.db, {
    channelId: channel.id,
    rootsOnly,
    includeDeleted: query.includeDeleted,
    offset: query.page * query.perPage,
    limit: query.perPage,
    after: query.after ? await positionOf(app, channel, query.after, 'after') : undefined,
    before: query.before && !query.after ? await positionOf(app, channel, query.before, 'before') : undefined,
  })
  return { posts }
}

/** A page by its number: from where the page before it ended, if that is known, else by walking the index. */
async function numberedPage(app: Parts, channel: ReadableChannel, query: ChannelPostsQuery): Promise<Page> {
  const { page, perPage, version, collapsedThreads: rootsOnly } = query
  const list = { channelId: channel.id, rootsOnly, perPage, version }
  const before = app.pageAnchors.find(list, page)
  const where = before ? { before, offset: 0 } : { offset: page * perPage }
  // One more than asked for tells whether the channel goes on, and where.
  const limit = perPage > 0 ? perPage + 1 : 0
  const found = await store.findPostsPage(app.db, { channelId: channel.id, rootsOnly, limit, ...where })
  const posts = found.slice(0, perPage)
  noteEnd(app, list, page, posts)
  return { posts, older: found[perPage]?.id ?? '', ...(before && posts.length > 0 && { newer: before.id }) }
}

function noteEnd(app: Parts, list: PagedList, page: number, posts: readonly Post[]): void {
  const last = posts.at(-1)
  if (last && posts.length === list.perPage) {
    app.pageAnchors.note(list, page + 1, { id: last.id, createAt: last.create_at })
  }
}

/** Who was away learns that a post was deleted, not what it said. */
function emptied(post: Post): Post {
  if (post.delete_at === 0) return post
  return { ...post, message: '', props: {}, hashtags: '', file_ids: [], has_reactions: undefined }
}

async function positionOf(app: Parts, channel: ReadableChannel, postId: string, name: string) {
  const position = await store.findPosition(app.db, channel.id, postId)
  if (!position) throw invalidParam(name)
  return position
}

/** Which posts lie beyond the page, '' where the channel ends. */
async function neighbours(
  app: Parts,
  channel: ReadableChannel,
  { posts, older, newer }: Page,
  query: Pick<ChannelPostsQuery, 'after' | 'before' | 'collapsedThreads' | 'page' | 'perPage'>,
): Promise<Pick<PostList, 'next_post_id' | 'prev_post_id'>> {
  const newest = posts[0]
  const oldest = posts.at(-1)
  const short = posts.length < query.perPage
  const neighbour = (sign: '<' | '>', post: Post | undefined) =>
    post
      ? store.findNeighbour(app.db, channel.id, sign, { id: post.id, createAt: post.create_at }, query.collapsedThreads)
      : ''
  const isNewestPage = query.page === 0 && !query.after && !query.before
  const next =
    isNewestPage || (query.after && short)
      ? ''
      : query.before && !query.after && query.page === 0
        ? query.before
        : newer
  const prev = query.after ? (query.page === 0 ? query.after : undefined) : query.before && short ? '' : undefined
  const [next_post_id, prev_post_id] = await Promise.all([
    next ?? neighbour('>', newest),
    prev ?? older ?? neighbour('<', oldest),
  ])
  return { next_post_id, prev_post_id }
}

/**
 * The posts around the first one that a user has not read: up to `limitBefore` older and `limitAfter` from it on. Null
 * when everything is read; the newest page is then the answer.
 */
export async function listAroundUnread(
  app: Parts,
  session: Session,
  userId: string,
  channel: ReadableChannel,
  query: ThreadOptions & { limitBefore: number; limitAfter: number },
): Promise<PostList | null> {
  const viewed = await store.findLastViewed(app.db, channel.id, userId)
  const rootsOnly = query.collapsedThreads
  const first = viewed ? await store.findFirstAfter(app.db, channel.id, viewed, rootsOnly) : null
  if (!first) return null
  const position = { id: first.id, createAt: first.create_at }
  const page = { channelId: channel.id, rootsOnly, offset: 0 }
  const [before, after] = await Promise.all([
    store.findPostsPage(app.db, { ...page, before: position, limit: query.limitBefore }),
    store.findPostsPage(app.db, { ...page, after: position, limit: query.limitAfter - 1 }),
  ])
  const posts = [...after, first, ...before]
  const list = await completeList(app, session, userId, posts, query)
  const options = { ...query, after: '', before: '', page: 1, perPage: posts.length }
  return { ...list, ...(await neighbours(app, channel, { posts }, options)) }
}
