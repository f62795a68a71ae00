import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import { attachFiles } from '../files/attach-files.ts'

const SITE = 'http://outpost.example.com'
let server: TestServer
let anna: Person
let ben: Person
let guest: Person
let team: { id: string; name: string; townSquare: string; offTopic: string }

beforeAll(async () => {
  server = await TestServer.start({ config: { ServiceSettings: { SiteURL: SITE } } })
  ;[anna, ben, guest] = await Promise.all([server.make.user(), server.make.user(), server.make.guest()])
  team = await server.make.team([anna, ben])
  await server.make.joinTeam(team.id, guest, { guest: true })
  await server.make.joinChannel(team.townSquare, guest, { guest: true })
})
afterAll(() => server.stop())

const post = (person: Person, body: object) =>
  server.as(person).post('/posts', { channel_id: team.townSquare, ...body })

describe('files', () => {
  async function upload(person: Person): Promise<string> {
    const query = `/files?channel_id=${team.townSquare}&filename=a.txt`
    return (await server.as(person).post(query, Buffer.from('text'))).body.file_infos[0].id
  }

  test('one’s own are attached in order, others’, used and unknown ones are not', async () => {
    const [own, second, used, foreign] = [await upload(anna), await upload(anna), await upload(anna), await upload(ben)]
    await post(anna, { message: 'first', file_ids: [used] })
    const file_ids = [second, foreign, used, newId(), own, own]
    const { status, body } = await post(anna, { message: 'files', file_ids })
    expect(status).toBe(201)
    expect(body.file_ids).toEqual([second, own])
    expect(body.metadata.files.map((file: { id: string }) => file.id).toSorted()).toEqual([second, own].toSorted())
    const stored = (await server.as(ben).get(`/posts/${body.id}`)).body
    expect(stored.file_ids).toEqual([second, own])
  })

  test('at most ten', async () => {
    const file_ids = Array.from({ length: 11 }, () => newId())
    const { status, body } = await post(anna, { message: 'many', file_ids })
    expect([status, body.id]).toEqual([400, 'model.post.is_valid.file_ids.app_error'])
  })

  test('a file that another post gets at the same moment is not named by this one', async () => {
    const id = await upload(anna)
    const posts = await Promise.all(['a', 'b', 'c'].map((message) => post(anna, { message, file_ids: [id] })))
    expect(posts.map(({ status }) => status)).toEqual([201, 201, 201])
    const named = await Promise.all(posts.map(({ body }) => server.as(ben).get(`/posts/${body.id}`)))
    expect(named.flatMap(({ body }) => body.file_ids ?? [])).toEqual([id])
    expect(await attachFiles(server.app.db, newId(), team.townSquare, anna.id, [id])).toEqual([])
  })

  test('not without the right to upload', async () => {
    const id = await upload(guest)
    const role = (await server.app.db.selectFrom('roles').selectAll().where('name', '=', 'channel_guest').execute())[0]!
    const set = async (permissions: string) => {
      await server.app.db.updateTable('roles').set({ permissions }).where('name', '=', 'channel_guest').execute()
      await server.app.delivery.deliver([{ kind: 'roles' }], [])
    }
    await set(role.permissions!.replace(' upload_file', ''))
    expect((await post(guest, { message: 'x', file_ids: [id] })).status).toBe(403)
    expect((await post(guest, { message: 'x' })).status).toBe(201)
    await set(role.permissions!)
  })
})

describe('channel mentions', () => {
  test('public channels of the team become links, for those who may read them', async () => {
    const secret = await server.make.channel(team.id, [anna], { type: 'P' })
    const open = await server.make.channel(team.id, [], { displayName: '공지' })
    const [bens, guests] = [await server.socket(ben), await server.socket(guest)]
    const message = `see ~${open.name}, ~${secret.name} and ~nothing-there`
    const { body } = await post(anna, { message, props: { channel_mentions: { forged: {} }, own: 1 } })
    const mentions = { [open.name]: { display_name: '공지', team_name: team.name } }
    expect(body.props).toEqual({ channel_mentions: mentions, own: 1 })
    const heard = await bens.heard('posted')
    expect(JSON.parse(heard.data.post).props).toEqual({ channel_mentions: mentions, own: 1 })
    const restricted = await guests.heard('posted')
    expect(JSON.parse(restricted.data.post).props).toEqual({ own: 1 })
    expect((await server.as(ben).get(`/posts/${body.id}`)).body.props.channel_mentions).toEqual(mentions)
    expect((await server.as(guest).get(`/posts/${body.id}`)).body.props).toEqual({ own: 1 })
    for (const socket of [bens, guests]) {
      await socket.settle()
      socket.close()
    }
  })

  test('an author learns nothing of channels that he may not read', async () => {
    const open = await server.make.channel(team.id)
    const { body } = await post(guest, { message: `~${open.name} ~town-square` })
    expect(body.props.channel_mentions).toEqual({
      'town-square': { display_name: 'Town Square', team_name: team.name },
    })
  })

  test('an edit looks again', async () => {
    const { body } = await post(anna, { message: 'go to ~off-topic' })
    expect(Object.keys(body.props.channel_mentions)).toEqual(['off-topic'])
    const [bens, guests] = [await server.socket(ben), await server.socket(guest)]
    const edit = (message: string) => server.as(anna).put(`/posts/${body.id}/patch`, { message })
    expect((await edit('no: ~town-square and ~off-topic')).body.props).toEqual({
      channel_mentions: {
        'town-square': { display_name: 'Town Square', team_name: team.name },
        'off-topic': { display_name: 'Off-Topic', team_name: team.name },
      },
    })
    const shown = async (socket: typeof bens) => JSON.parse((await socket.heard('post_edited')).data.post).props
    expect(Object.keys((await shown(bens)).channel_mentions)).toHaveLength(2)
    expect(await shown(guests)).toEqual({})
    expect((await edit('nowhere')).body.props).toEqual({})
    for (const socket of [bens, guests]) socket.close()
  })

  test('a guest who follows the thread is not told either', async () => {
    const preference = { user_id: guest.id, category: 'display_settings', name: 'collapsed_reply_threads', value: 'on' }
    expect((await server.as(guest).put('/users/me/preferences', [preference])).status).toBe(200)
    const named = (await post(anna, { message: 'see ~off-topic' })).body
    await post(guest, { root_id: named.id, message: 'first' })
    const socket = await server.socket(guest)
    await post(anna, { root_id: named.id, message: 'second' })
    const { data } = await socket.heard('thread_updated')
    expect(JSON.parse(data.thread).post).toMatchObject({ id: named.id, message: 'see ~off-topic', props: {} })
    await socket.settle()
    socket.close()
  })

  test('nothing in a direct channel, and a thousand names do no harm', async () => {
    const direct = await server.make.direct(anna, ben)
    expect((await post(anna, { channel_id: direct.id, message: '~off-topic' })).body.props).toEqual({})
    const message = Array.from({ length: 1000 }, (_, i) => `~name${i}`).join(' ')
    expect((await post(anna, { message })).status).toBe(201)
  })
})

describe('a link to a post', () => {
  test('is noted with the new post, for posts that its author may read', async () => {
    const closed = await server.make.channel(team.id, [ben], { type: 'P' })
    const target = (await post(anna, { message: 'target' })).body
    const hidden = (await post(ben, { channel_id: closed.id, message: 'hidden' })).body
    const link = (id: string) => `look: ${SITE}/${team.name}/pl/${id}`
    expect((await post(anna, { message: link(target.id) })).body.props.previewed_post).toBe(target.id)
    expect((await post(anna, { message: link(hidden.id) })).body.props).toEqual({})
    expect((await post(anna, { message: link(newId()) })).body.props).toEqual({})
  })

  test('does not tell the names of channels that the previewed post mentions', async () => {
    const open = await server.make.channel(team.id)
    const target = (await post(anna, { message: `in ~${open.name}` })).body
    const { body } = await post(guest, { message: `${SITE}/${team.name}/pl/${target.id}` })
    expect(body.metadata.embeds[0].data.post.id).toBe(target.id)
    expect(JSON.stringify(body.metadata)).not.toContain('channel_mentions')
  })
})
