import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import type { Post } from './post.ts'
import { findPostsPage } from './post-lists.store.ts'
import { findPosts } from './posts.store.ts'
import { preparePosts } from './prepare-posts.ts'

let server: TestServer
let anna: Person
let ben: Person
let outsider: Person
let admin: Person
let team: { id: string; name: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start({ config: { ServiceSettings: { SiteURL: 'https://chat.example.com' } } })
  ;[anna, ben, outsider, admin] = await Promise.all([
    server.make.user(),
    server.make.user(),
    server.make.user(),
    server.make.admin(),
  ])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

async function say(channelId: string, message: string, more: object = {}, who = anna): Promise<Post> {
  const { body } = await server.as(who).post('/posts', { channel_id: channelId, message, ...more })
  return body
}

/** A channel with posts p1 … pn at chosen times. */
async function channelWith(times: readonly number[]): Promise<{ id: string; ids: string[] }> {
  const channel = await server.make.channel(team.id, [anna, ben])
  const ids = times.map(() => newId())
  const rows = times.map((createat, index) => ({
    id: ids[index]!,
    createat,
    updateat: createat,
    deleteat: 0,
    editat: 0,
    userid: anna.id,
    channelid: channel.id,
    rootid: '',
    originalid: '',
    message: `p${index + 1}`,
    type: '',
    props: '{}',
    hashtags: '',
    filenames: '[]',
    fileids: '[]',
    hasreactions: false,
    ispinned: false,
    remoteid: null,
  }))
  await server.app.db.insertInto('posts').values(rows).execute()
  return { id: channel.id, ids }
}

describe('a channel', () => {
  test('is listed page by page, newest first, and says what lies beyond', async () => {
    const { id, ids } = await channelWith([1000, 2000, 3000, 4000, 5000])
    const first = await server.as(ben).get(`/channels/${id}/posts?per_page=2`)
    expect(first.body.order).toEqual([ids[4], ids[3]])
    expect(first.body).toMatchObject({ next_post_id: '', prev_post_id: ids[2] })
    const second = await server.as(ben).get(`/channels/${id}/posts?per_page=2&page=1`)
    expect(second.body.order).toEqual([ids[2], ids[1]])
    expect(second.body).toMatchObject({ next_post_id: ids[3], prev_post_id: ids[0] })
    const beyond = await server.as(ben).get(`/channels/${id}/posts?per_page=2&page=9`)
    expect(beyond.body.order).toEqual([])
  })

  test('is listed before and after a post', async () => {
    const { id, ids } = await channelWith([1000, 2000, 3000, 4000, 5000])
    const before = await server.as(ben).get(`/channels/${id}/posts?per_page=2&before=${ids[3]}`)
    expect(before.body).toMatchObject({ order: [ids[2], ids[1]], next_post_id: ids[3], prev_post_id: ids[0] })
    const after = await server.as(ben).get(`/channels/${id}/posts?per_page=2&after=${ids[1]}`)
    expect(after.body).toMatchObject({ order: [ids[3], ids[2]], prev_post_id: ids[1], next_post_id: ids[4] })
    const end = await server.as(ben).get(`/channels/${id}/posts?per_page=10&after=${ids[3]}`)
    expect(end.body).toMatchObject({ order: [ids[4]], next_post_id: '', prev_post_id: ids[3] })
  })

  test('loses no post to a page border when posts share a millisecond', async () => {
    const { id, ids } = await channelWith([1000, 2000, 2000, 2000, 2000, 2000, 3000])
    for (const perPage of [1, 2, 3]) {
      const byPage: string[] = []
      const byCursor: string[] = []
      for (let page = 0; page < 7; page++) {
        const { body } = await server.as(ben).get(`/channels/${id}/posts?per_page=${perPage}&page=${page}`)
        byPage.push(...body.order)
        const cursor = byCursor.at(-1)
        const where = cursor ? `&before=${cursor}` : ''
        byCursor.push(...(await server.as(ben).get(`/channels/${id}/posts?per_page=${perPage}${where}`)).body.order)
      }
      expect(byPage).toHaveLength(7)
      expect(new Set(byPage)).toEqual(new Set(ids))
      expect(byCursor).toEqual(byPage)
    }
  })

  test('a deep page is the same as the plain one', async () => {
    const { id } = await channelWith(Array.from({ length: 60 }, (_, index) => 1000 + Math.floor(index / 3)))
    const page = { channelId: id, rootsOnly: false, limit: 7 }
    const whole = await findPostsPage(server.app.db, { ...page, offset: 0, limit: 60 })
    for (const offset of [1, 2, 3, 20, 55, 59]) {
      const deep = await findPostsPage(server.app.db, { ...page, offset })
      expect(deep.map((post) => post.id)).toEqual(whole.slice(offset, offset + 7).map((post) => post.id))
    }
  })

  test('tells what changed since a time, without the words of deleted posts', async () => {
    const { id, ids } = await channelWith([1000, 2000, 3000])
    await server.app.db.updateTable('posts').set({ deleteat: 9000, updateat: 9000 }).where('id', '=', ids[0]!).execute()
    const { body } = await server.as(ben).get(`/channels/${id}/posts?since=2500`)
    expect(body.order).toEqual([ids[2], ids[0]])
    expect(body.posts[ids[0]!]).toMatchObject({ delete_at: 9000, message: '' })
    expect(body).toMatchObject({ next_post_id: '', prev_post_id: '' })
  })

  test('a version that the client has is not sent again', async () => {
    const { id } = await channelWith([1000])
    const first = await server.as(ben).get(`/channels/${id}/posts`)
    const tag = first.headers.get('etag')!
    const again = await server.as(ben).get(`/channels/${id}/posts`, { 'If-None-Match': tag })
    expect([tag, again.status]).toEqual(['10.11.20.1000', 304])
    await say(id, 'new')
    expect((await server.as(ben).get(`/channels/${id}/posts`, { 'If-None-Match': tag })).status).toBe(200)
  })

  test('a list that says which threads its reader follows is new when he leaves one', async () => {
    const channel = await server.make.channel(team.id, [anna, ben])
    const root = await say(channel.id, 'root')
    await say(channel.id, 'reply', { root_id: root.id }, ben)
    const follows = async (path: string, etag = '') => {
      const { status, headers, body } = await server.as(ben).get(path, { 'If-None-Match': etag })
      return { status, etag: headers.get('etag')!, following: body?.posts?.[root.id].is_following }
    }
    for (const path of [`/channels/${channel.id}/posts`, `/posts/${root.id}/thread`]) {
      await server.as(ben).put(`/users/me/teams/${team.id}/threads/${root.id}/following`)
      const before = await follows(`${path}?collapsedThreads=true`)
      expect((await follows(`${path}?collapsedThreads=true`, before.etag)).status).toBe(304)
      await server.as(ben).delete(`/users/me/teams/${team.id}/threads/${root.id}/following`)
      const after = await follows(`${path}?collapsedThreads=true`, before.etag)
      expect([before.following, after.status, after.following]).toEqual([true, 200, false])
    }
  })

  test('nobody else reads it, and deleted posts are for administrators', async () => {
    const { id, ids } = await channelWith([1000, 2000])
    await server.app.db.updateTable('posts').set({ deleteat: 9000 }).where('id', '=', ids[0]!).execute()
    expect((await server.as(outsider).get(`/channels/${id}/posts`)).status).toBe(403)
    expect((await server.as(outsider).get(`/channels/${newId()}/posts`)).status).toBe(403)
    expect((await server.as(ben).get(`/channels/${id}/posts?include_deleted=true`)).status).toBe(403)
    const all = await server.as(admin).get(`/channels/${id}/posts?include_deleted=true`)
    expect(all.body.order.toSorted()).toEqual(ids.toSorted())
  })

  test('a post of another channel is no place to begin at', async () => {
    const { id } = await channelWith([1000])
    const other = await channelWith([2000])
    expect((await server.as(ben).get(`/channels/${id}/posts?before=${other.ids[0]}`)).status).toBe(400)
    expect((await server.as(ben).get(`/channels/${id}/posts?after=nonsense`)).status).toBe(400)
    expect((await server.as(ben).get(`/channels/${id}/posts?since=yesterday`)).status).toBe(400)
  })
})

describe('threads in a list', () => {
  let id: string
  let root: Post
  let replies: Post[]
  let later: Post

  beforeAll(async () => {
    id = (await server.make.channel(team.id, [anna, ben])).id
    root = await say(id, 'root')
    const first = await say(id, 'first reply', { root_id: root.id }, ben)
    later = await say(id, 'later')
    replies = [first, await say(id, 'second reply', { root_id: root.id }, ben)]
  })

  test('whole threads stand beside the page, without counts', async () => {
    const { body } = await server.as(anna).get(`/channels/${id}/posts?per_page=1`)
    expect(body.order).toEqual([replies[1]!.id])
    expect(Object.keys(body.posts).toSorted()).toEqual([root.id, replies[0]!.id, replies[1]!.id].toSorted())
    expect(body.posts[root.id].reply_count).toBe(0)
  })

  test('whole threads stand beside a page in the middle of one, and beside what changed', async () => {
    const { id, ids } = await channelWith([1000, 2000, 2000, 2000, 3000, 4000])
    const [root, ...others] = ids
    const replies = [others[0]!, others[2]!, others[4]!]
    await server.app.db.updateTable('posts').set({ rootid: root! }).where('id', 'in', replies).execute()
    const held = (list: { posts: Record<string, Post> }) => Object.keys(list.posts).toSorted()
    const { body: page } = await server.as(ben).get(`/channels/${id}/posts?page=1&per_page=2`)
    expect(new Set(held(page))).toEqual(new Set<string>([root!, ...replies, ...page.order]))
    await server.app.db.updateTable('posts').set({ updateat: 9000 }).where('id', 'in', [root!, ids[5]!]).execute()
    const { body: changed } = await server.as(ben).get(`/channels/${id}/posts?since=8000`)
    expect(changed.order).toEqual([ids[5], root])
    expect(held(changed)).toEqual([root!, ...replies].toSorted())
  })

  test('with skipFetchThreads only the roots, with counts', async () => {
    const { body } = await server.as(anna).get(`/channels/${id}/posts?per_page=1&skipFetchThreads=true`)
    expect(Object.keys(body.posts).toSorted()).toEqual([root.id, replies[1]!.id].toSorted())
    expect(body.posts[root.id].reply_count).toBe(2)
  })

  test('collapsed, the channel holds roots only, with who takes part', async () => {
    const { body } = await server.as(anna).get(`/channels/${id}/posts?collapsedThreads=true`)
    expect(body.order).toEqual([later.id, root.id])
    expect(body.posts[root.id]).toMatchObject({
      reply_count: 2,
      is_following: true,
      last_reply_at: replies[1]!.create_at,
    })
    expect(body.posts[root.id].participants).toMatchObject([{ id: ben.id, username: '' }])
    const extended = '/posts?collapsedThreads=true&collapsedThreadsExtended=true'
    const named = await server.as(anna).get(`/channels/${id}${extended}`)
    expect(named.body.posts[root.id].participants).toMatchObject([{ id: ben.id, username: ben.username }])
  })

  test('a thread is read whole or in pages, its post first', async () => {
    const whole = await server.as(anna).get(`/posts/${root.id}/thread`)
    expect(whole.body).toMatchObject({ order: [root.id, replies[0]!.id, replies[1]!.id], has_next: false })
    const page = await server.as(anna).get(`/posts/${root.id}/thread?perPage=1&direction=down`)
    expect(page.body).toMatchObject({ order: [root.id, replies[0]!.id], has_next: true })
    const cursor = `fromPost=${replies[0]!.id}&fromCreateAt=${replies[0]!.create_at}`
    const next = await server.as(anna).get(`/posts/${root.id}/thread?perPage=1&${cursor}`)
    expect(next.body).toMatchObject({ order: [root.id, replies[1]!.id], has_next: false })
    const up = await server.as(anna).get(`/posts/${root.id}/thread?perPage=1&direction=up`)
    expect(up.body).toMatchObject({ order: [root.id, replies[1]!.id], has_next: true })
    const fromReply = await server.as(anna).get(`/posts/${replies[1]!.id}/thread`)
    expect(fromReply.body.order).toEqual([replies[1]!.id, root.id, replies[0]!.id])
  })

  test('cursors that do not go together are refused', async () => {
    for (const query of [
      'perPage=201',
      'perPage=-1',
      'direction=sideways',
      `fromPost=${root.id}`,
      'fromCreateAt=5&fromUpdateAt=5',
      'updatesOnly=true',
      'fromCreateAt=x',
    ]) {
      expect([query, (await server.as(anna).get(`/posts/${root.id}/thread?${query}`)).status]).toEqual([query, 400])
    }
    expect((await server.as(outsider).get(`/posts/${root.id}/thread`)).status).toBe(403)
    expect((await server.as(anna).get(`/posts/${newId()}/thread`)).status).toBe(404)
  })

  test('the first unread post stands in the middle', async () => {
    const { id: channel, ids } = await channelWith([1000, 2000, 3000, 4000])
    const unread = `/users/${ben.id}/channels/${channel}/posts/unread`
    const readAll = await server.as(ben).get(`${unread}?limit_before=2&limit_after=2`)
    expect(readAll.body.order).toEqual([ids[3], ids[2]])
    await server.app.db
      .updateTable('channelmembers')
      .set({ lastviewedat: 2000 })
      .where('userid', '=', ben.id)
      .where('channelid', '=', channel)
      .execute()
    const around = await server.as(ben).get(`${unread}?limit_before=1&limit_after=1`)
    expect(around.body).toMatchObject({ order: [ids[2], ids[1]], next_post_id: ids[3], prev_post_id: ids[0] })
    expect((await server.as(ben).get(`${unread}?limit_after=0`)).status).toBe(400)
    expect((await server.as(anna).get(unread)).status).toBe(403)
  })
})

describe('single posts', () => {
  test('one post, with its version, for readers only', async () => {
    const post = await say(team.townSquare, 'single')
    const read = await server.as(ben).get(`/posts/${post.id}`)
    expect(read.body).toMatchObject({ id: post.id, message: 'single' })
    expect(read.headers.get('etag')).toBe(`10.11.20.${post.id}.${post.update_at}`)
    expect((await server.as(outsider).get(`/posts/${post.id}`)).status).toBe(403)
    expect((await server.as(ben).get(`/posts/${newId()}`)).status).toBe(404)
    expect((await server.as(ben).get(`/posts/${post.id}?include_deleted=true`)).status).toBe(403)
  })

  test('many posts by id: unreadable ones are left out', async () => {
    const secret = await server.make.channel(team.id, [anna], { type: 'P' })
    const [open, hidden] = [await say(team.townSquare, 'open'), await say(secret.id, 'hidden')]
    const { body, headers } = await server.as(ben).post('/posts/ids', [open.id, hidden.id, newId(), 'x'])
    expect(body.map((post: Post) => post.id)).toEqual([open.id])
    expect(headers.get('First-Inaccessible-Post-Time')).toBe('0')
    expect((await server.as(ben).post('/posts/ids', [])).status).toBe(400)
    expect((await server.as(ben).post('/posts/ids', {})).status).toBe(400)
    expect((await server.as(ben).post('/posts/ids', Array.from({ length: 1001 }, newId))).status).toBe(400)
  })

  test('where a post stands is told to those who may join', async () => {
    const post = await say(team.townSquare, 'where')
    const secret = await server.make.channel(team.id, [anna], { type: 'P' })
    const hidden = await say(secret.id, 'hidden')
    const open = await server.as(outsider).get(`/posts/${post.id}/info`)
    expect(open.body).toMatchObject({ channel_id: team.townSquare, has_joined_channel: false, has_joined_team: false })
    expect((await server.as(ben).get(`/posts/${post.id}/info`)).body.has_joined_channel).toBe(true)
    expect((await server.as(ben).get(`/posts/${hidden.id}/info`)).status).toBe(404)
  })

  test('saved posts: only where the user still is', async () => {
    const channel = await server.make.channel(team.id, [anna, ben], { type: 'P' })
    const post = await say(channel.id, 'save me')
    const preference = { userid: ben.id, category: 'flagged_post', name: post.id, value: 'true' }
    await server.app.db.insertInto('preferences').values(preference).execute()
    const saved = async (query = '') => (await server.as(ben).get(`/users/me/posts/flagged${query}`)).body.order
    expect(await saved()).toEqual([post.id])
    expect(await saved(`?channel_id=${team.townSquare}`)).toEqual([])
    expect(await saved(`?team_id=${team.id}`)).toEqual([post.id])
    expect((await server.as(anna).get(`/users/${ben.id}/posts/flagged`)).status).toBe(403)
    await server.app.db
      .deleteFrom('channelmembers')
      .where('userid', '=', ben.id)
      .where('channelid', '=', channel.id)
      .execute()
    expect(await saved()).toEqual([])
  })
})

describe('metadata', () => {
  test('is complete', async () => {
    const { id, ids } = await channelWith([1000, 2000])
    const { db } = server.app
    const emoji = { id: newId(), createat: 1, updateat: 1, deleteat: 0, creatorid: anna.id, name: `party_${newId()}` }
    await db.insertInto('emoji').values(emoji).execute()
    const reaction = { userid: ben.id, postid: ids[0]!, emojiname: emoji.name, createat: 5, updateat: 5, deleteat: 0 }
    await db
      .insertInto('reactions')
      .values({ ...reaction, remoteid: null, channelid: id })
      .execute()
    await db.updateTable('posts').set({ hasreactions: true }).where('id', '=', ids[0]!).execute()
    const priority = { postid: ids[0]!, channelid: id, priority: 'urgent', requestedack: true }
    await db
      .insertInto('postspriority')
      .values({ ...priority, persistentnotifications: null })
      .execute()
    const ack = { postid: ids[0]!, userid: ben.id, acknowledgedat: 7, remoteid: '', channelid: id }
    await db.insertInto('postacknowledgements').values(ack).execute()
    const { body } = await server.as(ben).get(`/channels/${id}/posts`)
    expect(body.posts[ids[0]!].metadata).toMatchObject({
      reactions: [{ emoji_name: emoji.name, user_id: ben.id }],
      emojis: [{ id: emoji.id, name: emoji.name }],
      priority: { priority: 'urgent', requested_ack: true, persistent_notifications: false },
      acknowledgements: [{ user_id: ben.id, acknowledged_at: 7 }],
    })
    expect(body.posts[ids[1]!].metadata).toEqual({})
  })

  test('takes as many queries for fifty posts as for one', async () => {
    const { ids } = await channelWith(Array.from({ length: 50 }, (_, index) => 1000 + index))
    let queries = 0
    const counter: KyselyPlugin = {
      transformQuery: ({ node }) => (queries++, node),
      transformResult: async ({ result }) => result,
    }
    const { access, config, db } = server.app
    const posts = await findPosts(db, ids)
    const link = `https://chat.example.com/${team.name}/pl/${ids[0]}`
    const linking = posts.map((post) => ({ ...post, message: `${link} :blob:`, has_reactions: true, file_ids: ['x'] }))
    const count = async (some: Post[]) => {
      queries = 0
      await preparePosts({ access, config, db: db.withPlugin(counter) }, null, some)
      return queries
    }
    expect([await count(linking.slice(0, 1)), await count(linking)]).toEqual([2, 2])
  })

  test('a linked post is shown only to those who may read it', async () => {
    const secret = await server.make.channel(team.id, [anna], { type: 'P' })
    const hidden = await say(secret.id, 'the secret plan')
    const link = `https://chat.example.com/${team.name}/pl/${hidden.id}`
    const post = await say(team.townSquare, `look ${link}`)
    const forAnna = await server.as(anna).get(`/posts/${post.id}`)
    expect(forAnna.body.metadata.embeds).toMatchObject([
      { type: 'permalink', data: { post_id: hidden.id, team_name: team.name, post: { message: 'the secret plan' } } },
    ])
    const forBen = await server.as(ben).get(`/posts/${post.id}`)
    expect(JSON.stringify(forBen.body)).not.toContain('secret plan')
    expect(forBen.body.metadata.embeds).toBeUndefined()
  })

  test('attachments are told of, their secret addresses are not', async () => {
    const action = { id: 'a1', name: 'Go', integration: { url: 'http://internal/hook', context: { token: 'T0P' } } }
    const post = await say(team.townSquare, '', {
      props: { attachments: [{ text: 'hi', actions: [action] }, 5, null] },
    })
    const { body } = await server.as(ben).get(`/posts/${post.id}`)
    expect(body.metadata.embeds).toEqual([{ type: 'message_attachment' }])
    expect(JSON.stringify(body)).not.toContain('T0P')
    expect(body.props.attachments[0].actions).toEqual([{ id: 'a1', name: 'Go' }])
  })
})
