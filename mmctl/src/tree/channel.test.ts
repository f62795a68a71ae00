import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Channel } from '@mattermost/types/channels'
import type { Post } from '@mattermost/types/posts'
import type { Person } from '../../../testkit/builders.ts'
import { TestCli } from '../testing/cli.ts'

let cli: TestCli
let anna: Person
let team: { id: string; name: string; townSquare: string }

beforeAll(async () => {
  cli = await TestCli.start({ config: { ServiceSettings: { EnableUserAccessTokens: true } } })
  anna = await cli.server.make.user()
  team = await cli.server.make.team([anna], { name: 'engineering' })
})
afterAll(() => cli.stop())

const found = (name: string) => cli.json<Channel>('channel', 'search', name, '--team', 'engineering')

test('a channel is made, renamed, made private, archived, brought back and erased', async () => {
  const create = ['channel', 'create', '--team', 'engineering', '--name', 'build', '--display-name', 'Build']
  expect(await cli.local(...create, '--purpose', 'CI')).toBe('New channel build successfully created\n')
  const { id, type, purpose } = await found('build')
  expect([type, purpose]).toEqual(['O', 'CI'])
  expect(await cli.local('channel', 'search', 'build')).toBe(
    `Channel Name :build, Display Name :Build, Channel ID :${id}\n`,
  )
  const rename = ['channel', 'rename', 'engineering:build', '--name', 'ci', '--display-name', 'CI']
  expect(await cli.local(...rename)).toBe("'ci' channel renamed\n")
  expect(await cli.local('channel', 'modify', id, '--private')).toBe('')
  expect((await found('ci')).type).toBe('P')
  expect(await cli.local('channel', 'archive', 'engineering:ci')).toBe('')
  expect(await cli.local('channel', 'search', 'ci')).toMatch(/ \(archived\)\n$/)
  expect(await cli.local('channel', 'unarchive', 'engineering:ci')).toBe('')
  expect((await found('ci')).delete_at).toBe(0)
  expect(await cli.local('channel', 'delete', `${team.id}:ci`, '--confirm')).toBe("Deleted channel 'ci'\n")
  expect(await cli.failure('channel', 'search', 'ci')).toBe('Error: channel "ci" not found\n')
})

test('lists name public channels, then archived, then private ones; members see only their own', async () => {
  const make = cli.server.make
  const listed = await make.team([anna], { name: 'listed' })
  await make.channel(listed.id, [], { name: 'zoo' })
  await make.channel(listed.id, [], { name: 'secret', type: 'P' })
  await make.channel(listed.id, [anna], { name: 'known', type: 'P' })
  await cli.local('channel', 'archive', 'listed:zoo')
  const { out, err } = await cli.run(['--local', 'channel', 'list', 'listed'])
  const lines = out.trimEnd().split('\n')
  expect(lines.slice(0, 3)).toEqual(['off-topic', 'town-square', 'zoo (archived)'])
  expect(lines.slice(3).toSorted()).toEqual(['known (private)', 'secret (private)'])
  expect(err).toBe('There are 5 channels on local instance\n')
  await cli.run(['auth', 'login', cli.server.url, '-n', 'anna', '-a', anna.token])
  const own = await cli.run(['channel', 'list', 'listed', '--suppress-warnings'])
  expect(own.out).toContain('known (private)')
  expect(own.out).not.toContain('secret')
  const broken = await cli.run(['--local', 'channel', 'list', 'none', 'listed'])
  expect([broken.code, broken.out]).toEqual([1, out])
})

test('channels move between teams', async () => {
  const other = await cli.server.make.team([anna])
  const channel = await cli.server.make.channel(team.id, [anna], { name: 'moving' })
  expect(await cli.local('channel', 'move', other.name, 'engineering:moving')).toBe(
    `Moved channel moving to "${other.name}" (${other.id}) from ${team.id}.\n`,
  )
  expect(await cli.failure('channel', 'move', other.name, channel.id)).toContain('already in team')
})

test('members are added and taken out, one by one or all', async () => {
  const ben = await cli.server.make.user()
  await cli.server.make.joinTeam(team.id, ben)
  const channel = await cli.server.make.channel(team.id, [], { name: 'people' })
  const members = async () =>
    (await cli.server.as(await cli.server.make.admin()).get<unknown[]>(`/channels/${channel.id}/members`)).body.length
  expect(await cli.local('channel', 'users', 'add', 'engineering:people', anna.username, ben.username)).toBe('')
  expect(await members()).toBe(2)
  expect(await cli.local('channel', 'users', 'remove', 'engineering:people', ben.username)).toBe('')
  expect(await members()).toBe(1)
  expect(await cli.local('channel', 'users', 'remove', 'engineering:people', '--all-users')).toBe('')
  expect(await members()).toBe(0)
  expect(await cli.failure('channel', 'users', 'remove', 'engineering:people')).toContain('users or --all-users')
  expect(await cli.failure('channel', 'users', 'add', 'engineering:people')).toContain('at least one user')
})

test('wrong names and flags are refused', async () => {
  expect(await cli.failure('channel', 'archive')).toContain('at least one channel')
  expect(await cli.failure('channel', 'archive', 'town-square')).toContain('channel "town-square" not found')
  expect(await cli.failure('channel', 'archive', 'engineering:../x')).toContain('not found')
  expect(await cli.failure('channel', 'rename', team.townSquare)).toContain('--display-name')
  expect(await cli.failure('channel', 'modify', team.townSquare)).toContain('either --private or --public')
  expect(await cli.failure('channel', 'create', '--name', 'x')).toContain('needs --display-name')
  expect(await cli.failure('channel', 'delete', team.townSquare)).toContain('use --confirm')
})

const asAnna = (...argv: string[]) => cli.run(argv)

test('posts are written, answered, listed and deleted', async () => {
  await cli.run(['auth', 'login', cli.server.url, '-n', 'anna', '-a', anna.token])
  await cli.server.make.channel(team.id, [anna], { name: 'talk' })
  expect(await asAnna('post', 'create', 'engineering:talk', '-m', 'one')).toEqual({ code: 0, out: '', err: '' })
  const posts = async () => JSON.parse((await asAnna('post', 'list', 'engineering:talk', '--json')).out) as Post[]
  const [one] = (await posts().then((list) => [list].flat())) as [Post]
  await asAnna('post', 'create', 'engineering:talk', '--message', 'two', '--reply-to', one.id)
  const [, two] = (await posts()) as [Post, Post]
  await asAnna('post', 'create', 'engineering:talk', '-m', 'three', '-r', two.id)
  const all = await posts()
  expect(all.map((post) => post.message)).toEqual(['one', 'two', 'three'])
  expect(all.map((post) => post.root_id)).toEqual(['', one.id, one.id])
  const plain = await asAnna('post', 'list', 'engineering:talk', '-n', '2')
  expect(plain.out).toBe(`[${anna.username}] two\n[${anna.username}] three\n`)
  expect(plain.err).toBe(`There are 2 posts on ${cli.server.url}/\n`)
  const coloured = await cli.run(['post', 'list', 'engineering:talk', '-n', '1', '--show-ids'], { rows: 50 })
  expect(coloured.out).toBe(`\u001b[31m${all[2]!.id}\u001b[0m \u001b[34;1m[${anna.username}]\u001b[0m three\n`)
  const since = new Date(two.create_at - 1).toISOString()
  const timed = await asAnna('post', 'list', 'engineering:talk', '--since', since)
  expect(timed.out.split('\n')[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[-+]\d\d:\d\d \[\w+\] two$/)
  expect(timed.out).toContain('three')
  expect(await cli.local('post', 'delete', two.id, '--confirm')).toBe(`${two.id} successfully deleted\n`)
  expect((await posts()).map((post) => post.message)).toEqual(['one', 'three'])
})

test('what cannot be posted or listed is said', async () => {
  expect((await asAnna('post', 'create', 'engineering:town-square')).err).toContain('needs --message')
  expect((await asAnna('post', 'create', team.townSquare, '-m', 'x', '-r', 'y')).err).toContain('not the id of a post')
  expect((await asAnna('post', 'list', team.townSquare, '-s', 'yesterday')).err).toContain('no time like')
  expect(await cli.failure('post', 'create', team.townSquare, '-m', 'x')).toContain('cannot be run in local mode')
  expect(await cli.failure('post', 'list', team.townSquare, '-f')).toContain('only with an account')
  expect(await cli.failure('post', 'delete', '../users', '--confirm')).toContain('not the id of a post')
})

test('post list --follow shows posts as they come', async () => {
  await cli.server.make.channel(team.id, [anna], { name: 'live' })
  const post = (message: string) => asAnna('post', 'create', 'engineering:live', '-m', message)
  await post('before')
  const { printed, ended } = cli.follow(['post', 'list', 'engineering:live', '--follow'])
  expect(String((await printed.next()).value)).toBe(`[${anna.username}] before\n`)
  await post('after')
  expect(String((await printed.next()).value)).toBe(`[${anna.username}] after\n`)
  await cli.server.as(anna).post('/users/logout')
  expect(await ended).toBe(1)
})

test('websocket prints events, one JSON a line', async () => {
  const ben = await cli.server.make.user()
  await cli.run(['auth', 'login', cli.server.url, '-n', 'ben', '-a', ben.token])
  const { printed, ended } = cli.follow(['websocket'])
  expect(JSON.parse(String((await printed.next()).value))).toMatchObject({ event: 'hello' })
  await cli.server.as(ben).post('/users/logout')
  expect(await ended).toBe(1)
  expect(await cli.failure('websocket')).toContain('only with an account')
})
