import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestServer } from '../../testkit/server.ts'
import { pictureForm } from '../access/forms.ts'
import { openServer } from '../access/server.ts'
import { PNG } from '../access/png.ts'
import { makeWorld } from '../access/world.ts'
import type { World, WorldPerson } from '../access/world.ts'

let server: TestServer
let world: World
beforeAll(async () => {
  server = await openServer()
  world = await makeWorld(server)
})
afterAll(() => server.stop())

type Call = readonly [method: string, path: string, body?: unknown]

/** Calls that were answered with 2xx, with what they said. */
async function accepted(person: WorldPerson, calls: readonly Call[]): Promise<string[]> {
  const got: string[] = []
  for (const [method, path, body] of calls) {
    const answer = await server.as(person).call(method, path, body)
    if (answer.status < 300)
      got.push(`${method} ${path} → ${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`)
  }
  return got
}

/** Everything that writes to a post or its channel. */
const writesOf = (w: World, me: WorldPerson): Call[] => [
  ['POST', '/posts', { channel_id: w.channel, message: 'x' }],
  ['POST', '/posts', { channel_id: w.channel, message: 'x', root_id: w.post }],
  ['PUT', `/posts/${w.post}/patch`, { message: 'x' }],
  ['PUT', `/posts/${w.post}`, { id: w.post, message: 'x' }],
  ['DELETE', `/posts/${w.reply}`],
  ['POST', `/posts/${w.post}/pin`],
  ['POST', `/posts/${w.post}/unpin`],
  ['POST', `/posts/${w.post}/restore/${w.oldVersion}`],
  ['POST', '/reactions', { user_id: me.id, post_id: w.post, emoji_name: 'heart' }],
  ['DELETE', `/users/${me.id}/posts/${w.post}/reactions/smile`],
  ['POST', `/users/${me.id}/posts/${w.post}/ack`],
  ['POST', `/channels/${w.channel}/bookmarks`, { display_name: 'x', link_url: 'https://a.example', type: 'link' }],
  ['PATCH', `/channels/${w.channel}/bookmarks/${w.bookmark}`, { display_name: 'x' }],
  ['DELETE', `/channels/${w.channel}/bookmarks/${w.bookmark}`],
  ['POST', `/channels/${w.channel}/bookmarks/${w.bookmark}/sort_order`, 0],
  ['POST', '/files', pictureForm('files', { channel_id: w.channel })],
  ['POST', '/uploads', { channel_id: w.channel, filename: 'a.txt', file_size: 3 }],
  ['POST', `/uploads/${w.upload}`, PNG],
  ['PUT', `/channels/${w.channel}/patch`, { header: 'x' }],
  ['PUT', `/channels/${w.channel}/privacy`, { privacy: 'O' }],
]

/** Everything that reads a channel or what is in it. */
const readsOf = (w: World, me: WorldPerson): Call[] => [
  ...['', '/posts', '/pinned', '/members', '/stats', '/timezones', '/bookmarks', '/member_counts_by_group'].map(
    (end): Call => ['GET', `/channels/${w.channel}${end}`],
  ),
  ...['', '/thread', '/reactions', '/files/info', '/info', '/edit_history'].map((end): Call => [
    'GET',
    `/posts/${w.post}${end}`,
  ]),
  ...['', '/info', '/preview', '/thumbnail', '/link'].map((end): Call => ['GET', `/files/${w.file}${end}`]),
  ['GET', `/users/${me.id}/channels/${w.channel}/posts/unread`],
  ['GET', `/users/${me.id}/channels/${w.channel}/unread`],
  ['GET', `/users/${me.id}/teams/${w.team}/threads/${w.post}?extended=true`],
  ['GET', `/channels/${w.channel}/members/${w.people.member.id}`],
  ['GET', `/users?in_channel=${w.channel}`],
  ['POST', `/channels/${w.channel}/members/ids`, [w.people.member.id]],
]

/** What lists may say to `me`: nothing of the channel. */
async function tellTale(w: World, me: WorldPerson): Promise<string[]> {
  const calls: Call[] = [
    ['POST', '/posts/search', { terms: `secret word ${w.short}` }],
    ['POST', `/teams/${w.team}/posts/search`, { terms: w.short }],
    ['POST', `/teams/${w.team}/posts/search`, { terms: `in:${w.channelName}` }],
    ['POST', `/teams/${w.team}/posts/search`, { terms: `from:${w.people.member.username}` }],
    ['POST', '/files/search', { terms: 'picture' }],
    ['POST', `/teams/${w.team}/files/search`, { terms: 'picture' }],
    ['POST', '/posts/ids', [w.post, w.reply, w.oldVersion]],
    ['POST', '/posts/ids/reactions', [w.post]],
    ['GET', `/users/${me.id}/posts/flagged`],
    ['GET', `/users/${me.id}/teams/${w.team}/threads?extended=true&threadsOnly=true`],
    ['GET', `/users/${me.id}/teams/${w.team}/threads?extended=true&deleted=true&since=1`],
    ['GET', `/users/${me.id}/channels`],
    ['GET', `/users/${me.id}/channels?include_deleted=true&last_delete_at=1`],
    ['GET', `/users/${me.id}/teams/${w.team}/channels?include_deleted=true`],
    ['GET', `/users/${me.id}/teams/${w.team}/channels/members`],
    ['GET', `/users/${me.id}/teams/${w.team}/channels/categories`],
    ['GET', `/teams/${w.team}/channels`],
    ['GET', `/teams/${w.team}/channels/deleted`],
    ['GET', `/teams/${w.team}/channels/autocomplete?name=`],
    ['GET', `/teams/${w.team}/channels/search_autocomplete?name=`],
    ['POST', `/teams/${w.team}/channels/search`, { term: '' }],
    ['POST', `/teams/${w.team}/channels/ids`, [w.channel]],
    ['POST', '/channels/search?system_console=false', { term: 'secret' }],
    ['POST', '/users/group_channels', [w.group]],
    ['GET', `/users/${me.id}/teams/${w.team}/drafts`],
  ]
  const told: string[] = []
  for (const [method, path, body] of calls) {
    const answer = await server.as(me).call(method, path, body)
    const text = JSON.stringify(answer.body)
    if ([w.channel, w.post, w.file, w.channelName, `word ${w.short}`].some((secret) => text.includes(secret))) {
      told.push(`${method} ${path} → ${text.slice(0, 300)}`)
    }
  }
  return told
}

describe('somebody who left', () => {
  test('a channel: nothing of it is read, written or listed any more, not even what was his own', async () => {
    const w = await makeWorld(server)
    const { member, bot } = w.people
    const save = { user_id: member.id, category: 'flagged_post', name: w.post, value: 'true' }
    await server.as(member).put(`/users/${member.id}/preferences`, [save])
    await server.as(bot).delete(`/channels/${w.channel}/members/${member.id}`)
    expect(await accepted(member, [...readsOf(w, member), ...writesOf(w, member)])).toEqual([])
    expect(await tellTale(w, member)).toEqual([])
  })

  test('the team: the same', async () => {
    const w = await makeWorld(server)
    const { member, teamAdmin } = w.people
    expect((await server.as(teamAdmin).delete(`/teams/${w.team}/members/${member.id}`)).status).toBe(200)
    expect(await accepted(member, [...readsOf(w, member), ...writesOf(w, member)])).toEqual([])
    expect(
      await accepted(member, [
        ['GET', `/teams/${w.team}`],
        ['GET', `/teams/${w.team}/members`],
      ]),
    ).toEqual([])
  })

  test('cannot come back by himself, nor bring others in', async () => {
    const w = await makeWorld(server)
    const { member, bot, newcomer, outsider } = w.people
    await server.as(bot).delete(`/channels/${w.channel}/members/${member.id}`)
    const calls: Call[] = [member, newcomer, outsider].flatMap((one): Call[] => [
      ['POST', `/channels/${w.channel}/members`, { user_id: one.id }],
      ['POST', `/channels/${w.channel}/members`, { user_id: one.id, post_root_id: w.post }],
      ['POST', `/teams/${w.team}/members`, { team_id: w.team, user_id: one.id }],
    ])
    // A member may bring people into his team; everybody else may not.
    expect(
      await accepted(
        member,
        calls.filter(([, path]) => path.startsWith('/channels')),
      ),
    ).toEqual([])
    expect(await accepted(outsider, calls)).toEqual([])
    expect(await accepted(w.people.guest, calls)).toEqual([])
  })
})

describe('an archived channel', () => {
  test('takes no posts, edits, reactions, pins, files, bookmarks or settings, from anybody', async () => {
    const w = await makeWorld(server)
    const { member, admin } = w.people
    expect((await server.as(member).delete(`/channels/${w.channel}`)).status).toBe(200)
    expect(await accepted(member, writesOf(w, member))).toEqual([])
    // An administrator may still decide who finds it.
    const bossWrites = writesOf(w, admin).filter(([, path]) => !path.endsWith('/privacy'))
    expect(await accepted(admin, bossWrites)).toEqual([])
    const others: Call[] = [
      ['POST', `/channels/${w.channel}/members`, { user_id: w.people.teamAdmin.id }],
      ['POST', '/drafts', { channel_id: w.channel, message: 'x' }],
      ['POST', `/users/${member.id}/typing`, { channel_id: w.channel }],
      ['PUT', `/channels/${w.channel}`, { id: w.channel, name: w.channelName, display_name: 'x' }],
    ]
    expect(await accepted(member, others.slice(0, 1).concat(others.slice(3)))).toEqual([])
  })
})

describe('a guest', () => {
  test('finds nobody outside his channels, whatever he asks', async () => {
    const { guest, member, teamAdmin, outsider, admin } = world.people
    const strangers = [member, teamAdmin, outsider, admin]
    const names = strangers.map((one) => one.username)
    const ids = strangers.map((one) => one.id)
    const calls: Call[] = [
      ...['', `?in_team=${world.team}`, `?in_channel=${world.lobby}`, '?per_page=200', '?without_team=true'].map(
        (query): Call => ['GET', `/users${query}`],
      ),
      ...['?roles=system_admin', '?role=system_admin', `?not_in_channel=${world.lobby}&in_team=${world.team}`].map(
        (query): Call => ['GET', `/users${query}`],
      ),
      ['GET', `/users?not_in_team=${world.elsewhere}`],
      ['GET', `/users/autocomplete?name=m`],
      ['GET', `/users/autocomplete?in_team=${world.team}&name=`],
      ['GET', `/users/autocomplete?in_team=${world.team}&in_channel=${world.lobby}&name=`],
      ['GET', '/users/known'],
      ['POST', '/users/search', { term: 'member' }],
      ['POST', '/users/search', { term: '', team_id: world.team, allow_inactive: true }],
      ['POST', '/users/search', { term: 'a', roles: ['system_admin'], without_team: true }],
      ['POST', '/users/search', { term: '', not_in_channel_id: world.lobby, team_id: world.team }],
      ['POST', '/users/search', { term: member.username, in_group_id: world.userGroup }],
      ['POST', '/users/ids', ids],
      ['POST', '/users/ids?since=1', ids],
      ['POST', '/users/usernames', names],
      ['POST', '/users/group_channels', [world.group]],
      ['GET', '/groups?include_member_ids=true&include_member_count=true'],
      ['GET', `/groups/${world.userGroup}/members`],
      ['GET', `/teams/${world.team}/members`],
      ['POST', `/teams/${world.team}/members/ids`, ids],
      ['GET', `/channels/${world.lobby}/members`],
      ['POST', `/channels/${world.lobby}/members/ids`, ids],
    ]
    const told: string[] = []
    for (const [method, path, body] of calls) {
      const text = JSON.stringify((await server.as(guest).call(method, path, body)).body)
      if ([...names, ...ids].some((one) => text.includes(one))) told.push(`${method} ${path} → ${text.slice(0, 200)}`)
    }
    expect(told).toEqual([])
  })

  test('learns nothing of the presence, custom status or pictures of people he does not know', async () => {
    const { guest, member } = world.people
    await server.as(member).put('/users/me/status', { user_id: member.id, status: 'dnd' })
    const single = await server.as(guest).get(`/users/${member.id}/status`)
    const list = await server.as(guest).post('/users/status/ids', [member.id])
    expect(JSON.stringify([single.body, list.body])).not.toContain('dnd')
    const socket = await server.socket(guest)
    const statuses = [
      await socket.request('get_statuses'),
      await socket.request('get_statuses_by_ids', { user_ids: [member.id] }),
    ]
    expect(JSON.stringify(statuses)).not.toContain(member.id)
    socket.close()
    expect((await server.as(guest).get(`/users/${member.id}/image`)).status).toBe(403)
  })

  test('cannot speak to strangers, join, found or invite', async () => {
    const { guest, member, secondGuest, newcomer, outsider } = world.people
    const calls: Call[] = [
      ['POST', '/channels/direct', [guest.id, member.id]],
      ['POST', '/channels/group', [guest.id, secondGuest.id, member.id]],
      ['POST', '/channels', { team_id: world.team, name: 'mine', display_name: 'Mine', type: 'O' }],
      ['POST', '/channels', { team_id: world.team, name: 'mine', display_name: 'Mine', type: 'P' }],
      ['POST', '/teams', { name: 'mine', display_name: 'Mine', type: 'O' }],
      ['POST', `/channels/${world.openChannel}/members`, { user_id: guest.id }],
      ['POST', `/channels/${world.townSquare}/members`, { user_id: guest.id }],
      ['POST', `/teams/${world.elsewhere}/members`, { team_id: world.elsewhere, user_id: guest.id }],
      ['POST', `/channels/${world.lobby}/members`, { user_id: outsider.id }],
      ['POST', `/channels/${world.lobby}/members`, { user_id: newcomer.id }],
      ['POST', `/teams/${world.team}/invite/email`, ['a@example.com']],
      ['GET', `/channels/${world.openChannel}`],
      ['GET', `/channels/${world.openChannel}/posts`],
      ['GET', `/teams/${world.team}/channels/name/town-square`],
      ['GET', `/teams/${world.team}/groups`],
      ['GET', `/channels/${world.channel}/groups`],
      ['POST', '/users/me/tokens', { description: 'x' }],
      ['POST', `/users/${guest.id}/promote`],
      ['POST', '/posts/ephemeral', { user_id: secondGuest.id, post: { channel_id: world.lobby, message: 'x' } }],
      ['PUT', `/channels/${world.lobby}/patch`, { header: 'x' }],
      ['DELETE', `/channels/${world.lobby}`],
      [
        'POST',
        `/channels/${world.lobby}/bookmarks`,
        { display_name: 'x', link_url: 'https://a.example', type: 'link' },
      ],
    ]
    expect(await accepted(guest, calls)).toEqual([])
  })
})

describe('links and previews', () => {
  const embeds = (post: { metadata: unknown; props: unknown }) => JSON.stringify([post.metadata, post.props])

  test('a link to a post shows it only to those who may read it', async () => {
    const { member, guest, outsider } = world.people
    await server.app.config.patch({ ServiceSettings: { SiteURL: server.url } })
    const link = `${server.url}/${world.teamName}/pl/${world.post}`
    const direct = await server.as(member).post('/channels/direct', [member.id, outsider.id])
    const hearing = await server.socket(outsider)
    const posted = await server.as(member).post('/posts', { channel_id: direct.body.id, message: link })
    expect(embeds(posted.body)).toContain(world.short)
    const seen = await server.as(outsider).get(`/posts/${posted.body.id}`)
    expect(embeds(seen.body)).not.toContain(world.short)
    expect(JSON.stringify((await hearing.heard('posted')).data)).not.toContain(`secret word ${world.short}`)
    for (const path of [`/channels/${direct.body.id}/posts`, `/posts/${posted.body.id}/thread`]) {
      expect(JSON.stringify((await server.as(outsider).get(path)).body)).not.toContain(`secret word ${world.short}`)
    }
    // Whoever writes the link without a right to the post sees nothing either, whatever he claims to have seen.
    const props = { previewed_post: world.post }
    const metadata = { embeds: [{ type: 'permalink', data: { post_id: world.post } }] }
    const guess = await server.as(guest).post('/posts', { channel_id: world.lobby, message: link, props, metadata })
    expect(embeds(guess.body)).not.toContain(`secret word ${world.short}`)
    hearing.close()
  })

  test('a public link works with its own secret and while the setting is on', async () => {
    const link = await server.as(world.people.member).get(`/files/${world.file}/link`)
    const path = new URL(link.body.link)
    const get = (query: string, id = world.file) => fetch(`${server.url}/files/${id}/public${query}`)
    expect((await get(path.search)).status).toBe(200)
    const secret = path.searchParams.get('h')!
    for (const query of [
      '',
      '?h=',
      '?h=guess',
      `?h=${secret.slice(0, -1)}`,
      `?h=${secret}x`,
      `?h[]=${secret}`,
      `?h=a&h=${secret}`,
    ]) {
      expect([query, (await get(query)).status]).toEqual([query, 400])
    }
    expect((await get(path.search, world.looseFile)).status).toBe(400)
    await server.app.config.patch({ FileSettings: { EnablePublicLink: false } })
    expect((await get(path.search)).status).not.toBe(200)
    await server.app.config.patch({ FileSettings: { EnablePublicLink: true } })
  })

  test('nothing leads to another site', async () => {
    const evil = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/%5cevil.example',
    ]
    for (const target of evil) {
      const redirect = encodeURIComponent(target)
      for (const path of [
        `/login/gitlab/complete?redirect_to=${redirect}`,
        `/oauth/gitlab/login?redirect_to=${redirect}`,
        `/${redirect}`,
      ]) {
        const answer = await fetch(server.url + path, { redirect: 'manual' })
        expect([path, answer.headers.get('location') ?? '']).toEqual([
          path,
          expect.not.stringMatching(/^(https?:)?[\\/]{2}evil|^javascript/),
        ])
      }
    }
  })
})

describe('what was deleted', () => {
  test('the files of a deleted post are gone, also by their public link', async () => {
    const w = await makeWorld(server)
    const { member, bot } = w.people
    const link = new URL((await server.as(member).get(`/files/${w.file}/link`)).body.link)
    await server.as(member).delete(`/posts/${w.post}`)
    for (const one of [member, bot]) {
      expect(
        await accepted(
          one,
          readsOf(w, one).filter(([, path]) => /^\/(files|posts)/.test(path)),
        ),
      ).toEqual([])
    }
    expect((await fetch(`${server.url}${link.pathname}${link.search}`)).status).not.toBe(200)
    expect((await server.as(member).get(`/channels/${w.channel}/posts?include_deleted=true`)).status).not.toBe(200)
    expect(await accepted(member, [['GET', `/posts/${w.post}?include_deleted=true`]])).toEqual([])
  })

  test('somebody else’s file cannot be attached, moved or claimed', async () => {
    const w = await makeWorld(server)
    const { member, bot } = w.people
    const stolen = await server
      .as(bot)
      .post('/posts', { channel_id: w.channel, message: 'x', file_ids: [w.looseFile, w.file] })
    expect(stolen.body.file_ids ?? []).toEqual([])
    const edit = await server.as(member).put(`/posts/${w.reply}/patch`, { file_ids: [w.file] })
    expect(edit.status === 200 ? (edit.body.file_ids ?? []) : []).toEqual([])
    const bookmark = { display_name: 'x', type: 'file', file_id: w.looseFile }
    expect((await server.as(bot).post(`/channels/${w.channel}/bookmarks`, bookmark)).status).toBeGreaterThanOrEqual(400)
    const draft = await server.as(bot).post('/drafts', { channel_id: w.channel, message: 'x', file_ids: [w.looseFile] })
    expect(draft.status < 300 ? JSON.stringify(draft.body.metadata ?? {}) : '').not.toContain(w.looseFile)
  })
})
