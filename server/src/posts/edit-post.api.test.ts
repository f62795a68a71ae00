import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import type { Post } from './post.ts'

let server: TestServer
let anna: Person
let ben: Person
let admin: Person
let outsider: Person
let team: { id: string; name: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start({ config: { ServiceSettings: { SiteURL: 'https://chat.example.com' } } })
  ;[anna, ben, admin, outsider] = await Promise.all([
    server.make.user(),
    server.make.user(),
    server.make.admin(),
    server.make.user(),
  ])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

async function say(channelId: string, message: string, more: object = {}, who = anna): Promise<Post> {
  const { body, status } = await server.as(who).post('/posts', { channel_id: channelId, message, ...more })
  expect([status, body.id]).toEqual([201, body.id])
  return body
}

async function upload(person: Person, channelId: string, name: string): Promise<string> {
  const id = newId()
  const now = Date.now()
  await server.app.db
    .insertInto('fileinfo')
    .values({
      id,
      creatorid: person.id,
      postid: '',
      channelid: channelId,
      createat: now,
      updateat: now,
      deleteat: 0,
      path: `test/${id}/${name}`,
      thumbnailpath: '',
      previewpath: '',
      name,
      extension: 'txt',
      size: 3,
      mimetype: 'text/plain',
      width: 0,
      height: 0,
      haspreviewimage: false,
      minipreview: null,
      content: '',
      remoteid: null,
      archived: false,
    })
    .execute()
  return id
}

async function archive(channelId: string): Promise<void> {
  await server.app.db.updateTable('channels').set({ deleteat: 5 }).where('id', '=', channelId).execute()
  await server.app.delivery.deliver([{ kind: 'channel', channelId }], [])
}

async function leave(channelId: string, person: Person): Promise<void> {
  await server.app.db
    .deleteFrom('channelmembers')
    .where('channelid', '=', channelId)
    .where('userid', '=', person.id)
    .execute()
  await server.app.delivery.deliver([{ kind: 'channelMember', channelId, userId: person.id, present: false }], [])
}

describe('editing', () => {
  test('changes the post in place and keeps the old version', async () => {
    const socket = await server.socket(ben)
    const stranger = await server.socket(outsider)
    const post = await say(team.townSquare, 'first #one')
    const { body } = await server.as(anna).put(`/posts/${post.id}/patch`, { message: 'second #two' })
    expect(body).toMatchObject({ id: post.id, create_at: post.create_at, message: 'second #two', hashtags: '#two' })
    expect(body.edit_at).toBeGreaterThan(0)
    expect(body.update_at).toBe(body.edit_at)
    const edited = await socket.heard('post_edited')
    expect(JSON.parse(edited.data.post)).toMatchObject({ id: post.id, message: 'second #two' })
    await server.as(anna).put(`/posts/${post.id}/patch`, { message: 'third' })
    const history = await server.as(anna).get(`/posts/${post.id}/edit_history`)
    expect(history.body.map((one: Post) => one.message)).toEqual(['second #two', 'first #one'])
    expect(history.body[1]).toMatchObject({ original_id: post.id, edit_at: 0, delete_at: body.update_at })
    expect((await server.as(ben).get(`/posts/${post.id}/edit_history`)).status).toBe(403)
    await Promise.all([socket.settle(), stranger.settle()])
    expect(stranger.named('post_edited')).toEqual([])
  })

  test('a kept version is no post of its own', async () => {
    const post = await say(team.townSquare, 'one')
    await server.as(anna).put(`/posts/${post.id}/patch`, { message: 'two' })
    const [version] = (await server.as(anna).get(`/posts/${post.id}/edit_history`)).body
    for (const path of ['', '/thread', '/info', '/reactions']) {
      expect((await server.as(anna).get(`/posts/${version.id}${path}`)).status).toBe(404)
    }
    expect((await server.as(anna).put(`/posts/${version.id}/patch`, { message: 'x' })).status).toBe(404)
    const list = await server.as(anna).get(`/channels/${team.townSquare}/posts`)
    expect(list.body.order).not.toContain(version.id)
    const since = await server.as(anna).get(`/channels/${team.townSquare}/posts?since=${post.create_at}`)
    expect(since.body.order).not.toContain(version.id)
  })

  test('the whole post may be sent; what is missing in it stays', async () => {
    const post = await say(team.townSquare, 'whole', { props: { mine: 1 } })
    const { body } = await server.as(anna).put(`/posts/${post.id}`, { id: post.id, message: 'new' })
    expect(body).toMatchObject({ message: 'new', props: { mine: 1 } })
    expect((await server.as(anna).put(`/posts/${post.id}`, { id: newId(), message: 'x' })).status).toBe(400)
    expect((await server.as(anna).put(`/posts/${post.id}`, { message: 'x' })).status).toBe(400)
  })

  test('an edit that changes nothing leaves no version', async () => {
    const post = await say(team.townSquare, 'same')
    const { body } = await server.as(anna).put(`/posts/${post.id}/patch`, { message: 'same' })
    expect(body.update_at).toBe(post.update_at)
    expect((await server.as(anna).get(`/posts/${post.id}/edit_history`)).body).toEqual([])
  })

  test('clients cannot write or remove what only the server says', async () => {
    const post = await say(team.townSquare, 'props')
    await server.app.db
      .updateTable('posts')
      .set({ props: { from_webhook: 'true', override_username: 'hook', own: 1 } })
      .where('id', '=', post.id)
      .execute()
    const props = { from_bot: 'true', override_username: 'admin', deleteBy: anna.id, other: 2 }
    const { body } = await server.as(anna).put(`/posts/${post.id}/patch`, { props })
    expect(body.props).toEqual({ from_webhook: 'true', override_username: 'hook', other: 2 })
    expect(body.edit_at).toBe(0)
  })

  test('others may not edit, administrators may, nobody edits the system', async () => {
    const post = await say(team.townSquare, 'mine')
    const path = `/posts/${post.id}/patch`
    expect((await server.as(ben).put(path, { message: 'x' })).status).toBe(403)
    expect((await server.as(outsider).put(path, { message: 'x' })).status).toBe(403)
    expect((await server.as(admin).put(path, { message: 'by admin' })).body.user_id).toBe(anna.id)
    expect((await server.as(anna).put(`/posts/${newId()}/patch`, { message: 'x' })).status).toBe(404)
    for (const body of [{ message: {} }, { message: 5 }, { props: [] }, { file_ids: 'x' }, { is_pinned: 'yes' }, []]) {
      expect((await server.as(anna).put(path, body)).status).toBe(400)
    }
    const long = await server.as(anna).put(path, { message: 'x'.repeat(16_384) })
    expect([long.status, long.body.id]).toEqual([400, 'model.post.is_valid.message_length.app_error'])
    await server.app.db.updateTable('posts').set({ type: 'system_generic' }).where('id', '=', post.id).execute()
    const system = await server.as(anna).put(path, { message: 'x' })
    expect([system.status, system.body.id]).toEqual([400, 'api.post.update_post.system_message.app_error'])
  })

  test('who has left the channel changes nothing there any more', async () => {
    const channel = await server.make.channel(team.id, [anna, ben])
    const post = await say(channel.id, 'before leaving')
    await leave(channel.id, anna)
    expect((await server.as(anna).put(`/posts/${post.id}/patch`, { message: 'x' })).status).toBe(403)
    expect((await server.as(anna).delete(`/posts/${post.id}`)).status).toBe(403)
  })

  test('nor does a role outside the channel help him', async () => {
    const name = `writer_${newId()}`
    const times = { createat: 1, updateat: 1, deleteat: 0, schememanaged: false, builtin: false }
    const role = { id: newId(), name, displayname: name, description: '', permissions: 'edit_post create_post' }
    await server.app.db
      .insertInto('roles')
      .values({ ...role, ...times })
      .execute()
    await server.app.delivery.deliver([{ kind: 'roles' }], [])
    const writer = await server.make.user({ roles: `system_user ${name}` })
    const channel = await server.make.channel(team.id, [anna, writer])
    await server.make.joinTeam(team.id, writer)
    const post = await say(channel.id, 'before leaving', {}, writer)
    await leave(channel.id, writer)
    expect((await server.as(writer).put(`/posts/${post.id}/patch`, { message: 'x' })).status).toBe(403)
  })

  test('an archived channel stays as it is', async () => {
    const channel = await server.make.channel(team.id, [anna, ben])
    const post = await say(channel.id, 'for ever')
    await archive(channel.id)
    const edit = await server.as(anna).put(`/posts/${post.id}/patch`, { message: 'x' })
    expect(edit.body.id).toBe('api.post.update_post.can_not_update_post_in_deleted.error')
    expect((await server.as(anna).post(`/posts/${post.id}/pin`)).status).toBe(400)
    const removal = await server.as(anna).delete(`/posts/${post.id}`)
    expect(removal.body.id).toBe('api.post.delete_post.can_not_delete_post_in_deleted.error')
  })

  test('the time limit holds for words, not for pins', async () => {
    const post = await say(team.townSquare, 'old')
    await server.app.db.updateTable('posts').set({ createat: 1000 }).where('id', '=', post.id).execute()
    await server.app.config.patch({ ServiceSettings: { PostEditTimeLimit: 60 } })
    const late = await server.as(anna).put(`/posts/${post.id}/patch`, { message: 'x' })
    expect([late.status, late.body.id]).toEqual([400, 'api.post.update_post.permissions_time_limit.app_error'])
    expect((await server.as(anna).put(`/posts/${post.id}/patch`, { is_pinned: true })).body.is_pinned).toBe(true)
    await server.app.config.patch({ ServiceSettings: { PostEditTimeLimit: -1 } })
  })

  test('a post elsewhere that an edit shows is kept from those who may not read it', async () => {
    const secret = await server.make.channel(team.id, [anna], { type: 'P' })
    const hidden = await say(secret.id, 'the hidden words')
    const post = await say(team.townSquare, 'look')
    const [own, other] = [await server.socket(anna), await server.socket(ben)]
    const message = `look https://chat.example.com/${team.name}/pl/${hidden.id}`
    const { body } = await server.as(anna).put(`/posts/${post.id}/patch`, { message })
    expect(body.props.previewed_post).toBe(hidden.id)
    expect((await own.heard('post_edited')).data.post).toContain('the hidden words')
    expect((await other.heard('post_edited')).data.post).not.toContain('the hidden words')
    await Promise.all([own.settle(), other.settle()])
  })
})

describe('files of an edited post', () => {
  test('come and go, and an earlier version shows its own', async () => {
    const [a, b] = [await upload(anna, team.townSquare, 'a.txt'), await upload(anna, team.townSquare, 'b.txt')]
    const post = await say(team.townSquare, 'files', { file_ids: [a] })
    const { body } = await server.as(anna).put(`/posts/${post.id}/patch`, { file_ids: [b] })
    expect(body.file_ids).toEqual([b])
    expect(body.metadata.files).toMatchObject([{ id: b, post_id: post.id }])
    expect((await server.as(ben).get(`/posts/${post.id}/files/info`)).body).toMatchObject([{ id: b }])
    const [version] = (await server.as(anna).get(`/posts/${post.id}/edit_history`)).body
    expect(version.metadata.files).toMatchObject([{ id: a, name: 'a.txt' }])
    const restored = await server.as(anna).post(`/posts/${post.id}/restore/${version.id}`)
    expect(restored.body.file_ids).toEqual([a])
    expect(restored.body.metadata.files).toMatchObject([{ id: a, delete_at: 0 }])
    const all = await server.as(admin).get(`/posts/${post.id}/files/info?include_deleted=true`)
    expect(all.body).toHaveLength(2)
    expect((await server.as(ben).get(`/posts/${post.id}/files/info?include_deleted=true`)).status).toBe(403)
  })

  test("are the editor's own: foreign and used ones are left out", async () => {
    const theirs = await upload(ben, team.townSquare, 'theirs.txt')
    const used = await upload(anna, team.townSquare, 'used.txt')
    await say(team.townSquare, 'has it', { file_ids: [used] })
    const post = await say(team.townSquare, 'wants them')
    const { body } = await server.as(anna).put(`/posts/${post.id}/patch`, { file_ids: [theirs, used, newId()] })
    expect(body.file_ids).toEqual([])
    const many = Array.from({ length: 11 }, newId)
    expect((await server.as(anna).put(`/posts/${post.id}/patch`, { file_ids: many })).status).toBe(400)
  })
})

describe('restoring', () => {
  test('makes a version the present one', async () => {
    const post = await say(team.townSquare, 'one')
    await server.as(anna).put(`/posts/${post.id}/patch`, { message: 'two' })
    const [version] = (await server.as(anna).get(`/posts/${post.id}/edit_history`)).body
    const { body } = await server.as(anna).post(`/posts/${post.id}/restore/${version.id}`)
    expect(body).toMatchObject({ id: post.id, message: 'one' })
    expect((await server.as(ben).post(`/posts/${post.id}/restore/${version.id}`)).status).toBe(403)
  })

  test('takes nothing that is no version of this post', async () => {
    const secret = await server.make.channel(team.id, [ben], { type: 'P' })
    const hidden = await say(secret.id, 'hidden', {}, ben)
    const post = await say(team.townSquare, 'one')
    for (const id of [hidden.id, post.id, newId()]) {
      expect((await server.as(anna).post(`/posts/${post.id}/restore/${id}`)).status).toBe(400)
    }
  })
})

describe('pins', () => {
  test('everyone who reads the channel may pin, and all hear of it', async () => {
    const channel = await server.make.channel(team.id, [anna, ben])
    const post = await say(channel.id, 'pin me')
    const socket = await server.socket(anna)
    expect((await server.as(ben).post(`/posts/${post.id}/pin`)).body).toEqual({ status: 'OK' })
    const edited = JSON.parse((await socket.heard('post_edited')).data.post)
    expect(edited).toMatchObject({ is_pinned: true, edit_at: 0 })
    const pinned = await server.as(ben).get(`/channels/${channel.id}/pinned`)
    expect(pinned.body.order).toEqual([post.id])
    const again = await server.as(ben).get(`/channels/${channel.id}/pinned`, {
      'If-None-Match': pinned.headers.get('etag')!,
    })
    expect(again.status).toBe(304)
    await server.as(ben).post(`/posts/${post.id}/unpin`)
    expect((await server.as(ben).get(`/channels/${channel.id}/pinned`)).body.order).toEqual([])
    expect((await server.as(outsider).post(`/posts/${post.id}/pin`)).status).toBe(403)
    expect((await server.as(outsider).get(`/channels/${channel.id}/pinned`)).status).toBe(403)
    await socket.settle()
  })
})
