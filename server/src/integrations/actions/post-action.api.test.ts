import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../../testkit/builders.ts'
import { TestServer } from '../../../../testkit/server.ts'
import { newId } from '../../ids.ts'
import { startServer } from '../../outgoing/local-servers.fixture.ts'
import type { LocalServer } from '../../outgoing/local-servers.fixture.ts'
import { readTriggerId } from './trigger-id.ts'

let server: TestServer
let bot: Person
let anna: Person
let outsider: Person
let team: { id: string; name: string; townSquare: string }
let integration: LocalServer
let told: Record<string, unknown>[] = []
let answer: (request: IncomingMessage, response: ServerResponse) => void

beforeAll(async () => {
  integration = await startServer(async (request, response) => {
    const chunks = await request.toArray()
    told.push(JSON.parse(Buffer.concat(chunks).toString()))
    answer(request, response)
  })
  server = await TestServer.start({
    config: { ServiceSettings: { AllowedUntrustedInternalConnections: '127.0.0.1', SiteURL: 'http://chat.test' } },
  })
  ;[bot, anna, outsider] = await Promise.all([server.make.user({ bot: true }), server.make.user(), server.make.user()])
  team = await server.make.team([bot, anna])
})
beforeEach(() => {
  told = []
  says({})
})
afterAll(async () => {
  integration.close()
  await server.stop()
})

const FAILED = [400, 'api.post.do_action.action_integration.app_error']
const NO_ACTION = [404, 'api.post.do_action.action_id.app_error']

function says(body: unknown): void {
  answer = (_request, response) => response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

const button = (more: object = {}) => ({
  id: 'approve',
  type: 'button',
  name: 'Approve',
  integration: { url: `${integration.url}/hook`, context: { ticket: 7 } },
  ...more,
})

async function post(author: Person, actions: unknown, props: object = {}, channelId = team.townSquare) {
  const draft = {
    channel_id: channelId,
    message: 'Deploy?',
    props: { ...props, attachments: [{ text: 'x', actions }] },
  }
  const { status, body } = await server.as(author).post('/posts', draft)
  expect(status).toBe(201)
  return body
}

async function click(person: Person, postId: string, actionId = 'approve', body: object = {}) {
  const { status, body: said } = await server.as(person).post(`/posts/${postId}/actions/${actionId}`, body)
  return { result: [status, said.id], body: said }
}

test('a click tells the integration who clicked where, with a trigger id that proves it', async () => {
  const made = await post(bot, [button()])
  expect(JSON.stringify(made)).not.toContain(integration.url)
  const { body } = await click(anna, made.id, 'approve', { selected_option: 'yes' })
  expect(body).toEqual({ status: 'OK', trigger_id: told[0]!.trigger_id })
  const channel = await server.app.access.channel(team.townSquare)
  expect(told).toEqual([
    {
      user_id: anna.id,
      user_name: anna.username,
      channel_id: team.townSquare,
      channel_name: channel!.name,
      team_id: team.id,
      team_domain: team.name,
      post_id: made.id,
      trigger_id: body.trigger_id,
      type: 'button',
      data_source: '',
      context: { ticket: 7, selected_option: 'yes' },
    },
  ])
  expect(await readTriggerId(server.app, body.trigger_id)).toMatchObject({ userId: anna.id })
})

test('buttons without an id get one; those without an address cannot be clicked', async () => {
  const nameless = { ...button(), id: '' }
  const made = await post(bot, [
    nameless,
    { ...nameless, id: null },
    { id: 'dead', type: 'button', name: 'x' },
    5,
    null,
  ])
  const [one, two] = made.props.attachments[0].actions
  expect([one.id, two.id]).toEqual([expect.stringMatching(/^\w{26}$/), expect.stringMatching(/^\w{26}$/)])
  expect(one.id).not.toBe(two.id)
  expect((await click(anna, made.id, two.id)).body.status).toBe('OK')
  for (const id of ['dead', 'other', newId()]) expect((await click(anna, made.id, id)).result).toEqual(NO_ACTION)
  const strange = await post(bot, 'none', { attachments: {} })
  expect((await click(anna, strange.id)).result).toEqual(NO_ACTION)
})

test('who may not read the post may not click, and wrong bodies are refused', async () => {
  const channel = await server.make.channel(team.id, [bot], { type: 'P' })
  const made = await post(bot, [button()], {}, channel.id)
  for (const person of [anna, outsider]) {
    expect((await click(person, made.id)).result).toEqual([403, 'api.context.permissions.app_error'])
  }
  expect((await click(anna, newId())).result).toEqual([404, 'app.post.get.app_error'])
  for (const body of [{ selected_option: 5 }, { cookie: {} }, []])
    expect((await click(bot, made.id, 'approve', body)).result[0]).toBe(400)
  expect(told).toEqual([])
})

test('update changes the post for everyone, keeps what only the server says, and adds no versions', async () => {
  const made = await post(bot, [button()])
  await server.as(anna).post(`/posts/${made.id}/pin`)
  await server.as(anna).post('/reactions', { user_id: anna.id, post_id: made.id, emoji_name: 'tada' })
  const stored = () => server.app.db.selectFrom('posts').selectAll('posts')
  const versions = async () => (await stored().where('originalid', '=', made.id).execute()).length
  const before = await versions()
  const socket = await server.socket(anna)
  const elsewhere = await server.socket(outsider)
  const props = {
    from_bot: 'false',
    from_webhook: 'true',
    override_username: 'boss',
    note: 1,
    attachments: [{ text: 'done' }],
  }
  says({ update: { message: 'Deployed #yes', props, user_id: anna.id, channel_id: newId(), is_pinned: false } })
  await click(anna, made.id)
  const edited = JSON.parse((await socket.heard('post_edited')).data.post)
  const kept = { id: made.id, user_id: bot.id, channel_id: team.townSquare, is_pinned: true, has_reactions: true }
  expect(edited).toMatchObject({ ...kept, message: 'Deployed #yes', hashtags: '#yes' })
  expect(edited.props).toEqual({ from_bot: 'true', note: 1, attachments: [{ text: 'done' }] })
  await Promise.all([socket.settle(), elsewhere.settle()])
  expect(elsewhere.named('post_edited')).toEqual([])
  expect(await versions()).toBe(before)
  expect((await click(anna, made.id)).result).toEqual(NO_ACTION)
})

test('update without props keeps them; what a person posted keeps its earlier version', async () => {
  const made = await post(anna, [button()])
  says({ update: { message: 'counted' } })
  await click(bot, made.id)
  await click(bot, made.id)
  const { body } = await server.as(anna).get(`/posts/${made.id}`)
  expect([body.message, body.props.attachments[0].actions[0].id]).toEqual(['counted', 'approve'])
  expect((await server.as(anna).get(`/posts/${made.id}/edit_history`)).body).toHaveLength(1)
})

test('ephemeral_text is for the one who clicked, in his thread', async () => {
  const made = await post(bot, [button()])
  const [socket, other] = await Promise.all([server.socket(anna), server.socket(bot)])
  const link = '<https://example.com/a|here>'
  says({ ephemeral_text: `see ${link}` })
  await click(anna, made.id)
  const shown = async () => JSON.parse((await socket.heard('ephemeral_message')).data.post)
  const heard = await shown()
  expect(heard).toMatchObject({ message: 'see [here](https://example.com/a)', root_id: made.id, user_id: anna.id })
  socket.clear()
  says({ ephemeral_text: `see ${link}`, skip_slack_parsing: true })
  await click(anna, made.id)
  expect((await shown()).message).toBe(`see ${link}`)
  await other.settle()
  expect(other.named('ephemeral_message')).toEqual([])
})

test('answers that are none, too large, late or of other types change nothing', async () => {
  const made = await post(bot, [button()])
  const bad: unknown[] = ['<html>', '[]', '5', 'null', '{"update":{"message":"a\\u0000"}}', '['.repeat(5000)]
  bad.push({ update: 5 }, { update: { message: {} } }, { update: { message: 'x', props: [] } }, { ephemeral_text: [] })
  bad.push('x'.repeat(1_100_000), { update: { message: 'x'.repeat(17_000) } }, { ephemeral_text: 'x'.repeat(17_000) })
  for (const one of bad) {
    says(one)
    expect((await click(anna, made.id)).result[0], JSON.stringify(one).slice(0, 60)).toBe(400)
  }
  answer = (_request, response) => response.writeHead(500).end('{}')
  expect((await click(anna, made.id)).result).toEqual(FAILED)
  await server.app.config.patch({ ServiceSettings: { OutgoingIntegrationRequestsTimeout: 1 } })
  answer = () => {}
  expect((await click(anna, made.id)).result).toEqual(FAILED)
  await server.app.config.patch({ ServiceSettings: { OutgoingIntegrationRequestsTimeout: 30 } })
  says('')
  expect((await click(anna, made.id)).body.status).toBe('OK')
  expect((await server.as(anna).get(`/posts/${made.id}`)).body.message).toBe('Deploy?')
})

test('private addresses are closed unless they are allowed; plugins and other schemes are not there', async () => {
  const call = async (url: unknown) => {
    const made = await post(bot, [button({ integration: { url } })])
    return (await click(anna, made.id)).result
  }
  for (const url of ['/plugins/demo/act', 'plugins/demo', 'http://chat.test/plugins/demo'])
    expect(await call(url)).toEqual([501, 'api.not_available.app_error'])
  for (const url of ['file:///etc/passwd', '/api/v4/users', 'http://10.0.0.1/', 'http://a:b@127.0.0.1/'])
    expect(await call(url)).toEqual(FAILED)
  for (const url of [5, {}, null, '']) expect(await call(url)).toEqual(NO_ACTION)
  await server.app.config.patch({ ServiceSettings: { AllowedUntrustedInternalConnections: '' } })
  expect(await call(integration.url)).toEqual(FAILED)
  await server.app.config.patch({ ServiceSettings: { AllowedUntrustedInternalConnections: '127.0.0.1' } })
  expect(told).toEqual([])
})

test('nothing can be clicked in an archived channel', async () => {
  const channel = await server.make.channel(team.id, [bot, anna])
  const made = await post(bot, [button()], {}, channel.id)
  await server.app.db.updateTable('channels').set({ deleteat: 1 }).where('id', '=', channel.id).execute()
  await server.app.delivery.deliver([{ kind: 'channel', channelId: channel.id }], [])
  expect((await click(anna, made.id)).result[0]).toBe(400)
  expect(told).toEqual([])
})

test('an ephemeral post carries encrypted cookies, with which its reader clicks and the post changes for him', async () => {
  const admin = await server.make.admin()
  await server.make.joinTeam(team.id, admin)
  await server.make.joinChannel(team.townSquare, admin)
  const [socket, other] = await Promise.all([server.socket(anna), server.socket(bot)])
  const draft = {
    channel_id: team.townSquare,
    message: 'Sure?',
    props: { attachments: [{ actions: [button({ id: '' })] }] },
  }
  await server.as(admin).post('/posts/ephemeral', { user_id: anna.id, post: draft })
  const heard = await socket.heard('ephemeral_message')
  expect(heard.data.post).not.toContain(integration.url)
  const shown = JSON.parse(heard.data.post)
  const { id, cookie } = shown.props.attachments[0].actions[0]
  says({ update: { message: 'Done', props: { override_username: 'boss', attachments: [{ actions: [button()] }] } } })
  expect((await click(anna, shown.id, id, { cookie })).body.status).toBe('OK')
  expect(told[0]).toMatchObject({ post_id: shown.id, channel_id: team.townSquare, context: { ticket: 7 } })
  const edited = JSON.parse((await socket.heard('post_edited')).data.post)
  expect(edited).toMatchObject({ id: shown.id, message: 'Done', user_id: admin.id, create_at: shown.create_at })
  expect(edited.props.override_username).toBeUndefined()
  expect(edited.props.attachments[0].actions[0]).toMatchObject({ id: 'approve', cookie: expect.any(String) })
  expect(edited.props.attachments[0].actions[0].integration).toBeUndefined()
  await other.settle()
  expect([other.named('post_edited'), other.named('ephemeral_message')]).toEqual([[], []])

  const broken = Buffer.from(cookie, 'base64')
  broken[20]! ^= 1
  for (const wrong of [broken.toString('base64'), 'x', '%', cookie.slice(4)])
    expect((await click(anna, shown.id, id, { cookie: wrong })).result).toEqual(FAILED)
  expect((await click(anna, newId(), id, { cookie })).result).toEqual(FAILED)
  expect((await click(outsider, shown.id, id, { cookie })).result[0]).toBe(403)
})
