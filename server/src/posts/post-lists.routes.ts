import type { App } from '../app.ts'
import { invalidParam, noPermission } from '../http/errors.ts'
import { EncodedJson } from '../http/reply.ts'
import { notModified, route, SENT } from '../http/route.ts'
import type { Call, Query, Route } from '../http/route.ts'
import { Strings, uniqueSorted } from '../http/schema.ts'
import { isId } from '../ids.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { VERSION } from '../version.ts'
import { channelVersion, listAroundUnread, listChannelPosts, listedChannel } from './channel-posts.ts'
import type { ThreadOptions } from './complete-list.ts'
import { newestPage } from './newest-page.ts'
import type { PostList } from './post.ts'
import { postInfo } from './post-info.ts'
import { readHistory, readPost, readPostFiles, readPosts } from './read-posts.ts'
import { RecentPosts } from './recent-posts.ts'
import { listPinned, listSaved } from './saved-and-pinned.ts'
import { followedVersion, listThread, listVersion, threadCursor } from './thread-posts.ts'

const threadOptions = (query: Query): ThreadOptions => ({
  skipFetchThreads: query.flag('skipFetchThreads'),
  collapsedThreads: query.flag('collapsedThreads'),
  collapsedThreadsExtended: query.flag('collapsedThreadsExtended'),
})

const etag = (...parts: (string | number)[]): string => [VERSION, ...parts].join('.')

export function postListRoutes(app: App): Route[] {
  return [...channelListRoutes(app), ...singlePostRoutes(app), ...personalRoutes(app)]
}

function channelListRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/channels/:channel_id/posts',
      access: 'session',
      local: true,
      handler: async (call) => channelPosts(app, call),
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/channels/:channel_id/posts/unread',
      access: 'session',
      handler: async (call) => unreadPosts(app, call),
    }),
    route({
      method: 'GET',
      path: '/api/v4/channels/:channel_id/pinned',
      access: 'session',
      handler: async (call) => {
        const channel = await listedChannel(app, call.session, call.params.channel_id!)
        const list = await listPinned(app, call.session, channel)
        return notModified(call, etag(listVersion(list))) ? SENT : list
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/posts/:post_id/thread',
      access: 'session',
      handler: async (call) => {
        const cursor = threadCursor(call.query)
        const list = await listThread(app, call.session, call.params.post_id!, cursor, threadOptions(call.query))
        return notModified(call, etag(listVersion(list))) ? SENT : list
      },
    }),
  ]
}

async function channelPosts(app: App, call: Call<'session'>) {
  const { query, session } = call
  const since = sinceOf(query)
  for (const name of ['before', 'after']) if (query.has(name) && !isId(query.text(name))) throw invalidParam(name)
  const includeDeleted = query.flag('include_deleted')
  if (includeDeleted && !app.access.can(session, 'manage_system')) throw noPermission('manage_system')
  const channel = await listedChannel(app, session, call.params.channel_id!)
  const { page, perPage } = query.paging()
  const isNewest = since === 0 && page === 0 && !includeDeleted && !query.has('before') && !query.has('after')
  const recent =
    isNewest && RecentPosts.holds(perPage + 1) ? await app.recentPosts.newest(channel.id, perPage + 1) : null
  const version = recent ? recent.version : since === 0 ? await channelVersion(app, channel) : 0
  const options = threadOptions(query)
  if (since === 0 && !options.collapsedThreads && notModified(call, etag(version))) return SENT
  const newest = recent && (await newestPage(app, session, recent, { perPage, ...options }))
  if (newest instanceof EncodedJson) return newest
  const cursor = { since, before: query.text('before'), after: query.text('after') }
  const where = { ...cursor, page, perPage, includeDeleted, version }
  const list = newest ?? (await listChannelPosts(app, session, channel, { ...where, ...options }))
  return since === 0 && options.collapsedThreads && isKnownToReader(call, version, list) ? SENT : list
}

/** With collapsed threads a list says which of them its reader follows, so that the posts alone are not its version. */
const isKnownToReader = (call: Call<'session'>, version: number, list: PostList): boolean =>
  notModified(call, etag(version, followedVersion(list)))

function sinceOf(query: Query): number {
  const since = query.has('since') ? query.int('since', -1) : 0
  if (since < 0) throw invalidParam('since')
  return since
}

async function unreadPosts(app: App, call: Call<'session'>) {
  const { query, session, params } = call
  await selfOrEditor(app, session, params.user_id!)
  const limitBefore = limitOf(query, 'limit_before')
  const limitAfter = limitOf(query, 'limit_after')
  if (limitAfter === 0) throw invalidParam('limit_after')
  const channel = await listedChannel(app, session, params.channel_id!)
  const options = threadOptions(query)
  const unread = { ...options, limitBefore, limitAfter }
  const list = await listAroundUnread(app, session, params.user_id!, channel, unread)
  if (list) return list
  const version = await channelVersion(app, channel)
  if (!options.collapsedThreads && notModified(call, etag(version))) return SENT
  const newest = { since: 0, before: '', after: '', page: 0, perPage: limitBefore, includeDeleted: false }
  const page = await listChannelPosts(app, session, channel, { ...newest, ...options, version })
  return options.collapsedThreads && isKnownToReader(call, version, page) ? SENT : page
}

/** 60 unless given, at most 200. */
function limitOf(query: Query, name: string): number {
  const limit = query.int(name, 60)
  return limit < 0 ? 60 : Math.min(limit, 200)
}

function singlePostRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/posts/:post_id',
      access: 'session',
      local: true,
      handler: async (call) => {
        const post = await readPost(app, call.session, call.params.post_id!, call.query.flag('include_deleted'))
        return notModified(call, etag(post.id, post.update_at)) ? SENT : post
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/posts/ids',
      access: 'session',
      body: Strings,
      handler: async ({ session, body, reply }) => {
        reply.header('First-Inaccessible-Post-Time', '0')
        return readPosts(app, session, uniqueSorted(body))
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/posts/:post_id/info',
      access: 'session',
      handler: ({ session, params }) => postInfo(app, session, params.post_id!),
    }),
    route({
      method: 'GET',
      path: '/api/v4/posts/:post_id/files/info',
      access: 'session',
      handler: async (call) => {
        const includeDeleted = call.query.flag('include_deleted')
        const files = await readPostFiles(app, call.session, call.params.post_id!, includeDeleted)
        const newest = Math.max(0, ...files.map((file) => file.update_at))
        call.reply.header('Cache-Control', 'max-age=2592000, private')
        return notModified(call, etag(call.params.post_id!, newest)) ? SENT : files
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/posts/:post_id/edit_history',
      access: 'session',
      handler: ({ session, params }) => readHistory(app, session, params.post_id!),
    }),
  ]
}

function personalRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/posts/flagged',
      access: 'session',
      handler: async ({ session, params, query }) => {
        await selfOrEditor(app, session, params.user_id!)
        for (const name of ['team_id', 'channel_id']) {
          if (query.has(name) && !isId(query.text(name))) throw invalidParam(name)
        }
        const { offset, perPage } = query.paging()
        const where = { teamId: query.text('team_id'), channelId: query.text('channel_id'), offset, limit: perPage }
        return listSaved(app, session, { userId: params.user_id!, ...where })
      },
    }),
  ]
}
