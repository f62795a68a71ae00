import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestCli } from '../testing/cli.ts'
import { sanitize, sanitizeJson } from './sanitize.ts'

test.each([
  ['plain \ttext\r\nwith 한글 and 👋', 'plain \ttext\r\nwith 한글 and 👋'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b]0;title\u0007text', 'text'],
  ['\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
  ['\u009b2Jgone', 'gone'],
  ['\u009d52;c;aGk=\u009ctext', 'text'],
  ['\u001bPq#0\u001b\\text', 'text'],
  ['\u001b(0text\u001bc', 'text'],
  ['a\u0000b\u0007c\u0008d\u007fe\u0085f', 'abcdef'],
  ['\u001b', ''],
  ['\u001b[', ''],
  ['\u001b]unfinished\nnext', '\nnext'],
])('%j is printed as %j', (text, printed) => {
  expect(sanitize(text)).toBe(printed)
})

test('nothing that is left can begin a sequence, whatever is put together', () => {
  const parts = ['\u001b', '[', ']', '0', ';', 'm', '\u0007', '\\', '\u009b', '\u009d', '\u009c', 'P', '(', 'x', '\n']
  let seed = 7
  const next = (size: number) => (seed = (seed * 48_271) % 2_147_483_647) % size
  for (let i = 0; i < 20_000; i++) {
    const text = Array.from({ length: 1 + next(12) }, () => parts[next(parts.length)]).join('')
    // oxlint-disable-next-line no-control-regex
    expect(sanitize(text)).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/)
  }
})

test('JSON keeps the value and escapes what JSON itself does not', () => {
  const text = sanitizeJson(JSON.stringify({ name: '\u001b[31m\u009b2J\u007f' }))
  expect(text).toBe('{"name":"\\u001b[31m\\u009b2J\\u007f"}')
  expect(JSON.parse(text)).toEqual({ name: '\u001b[31m\u009b2J\u007f' })
})

let cli: TestCli
beforeAll(async () => {
  cli = await TestCli.start()
  const team = await cli.server.make.team([], { name: 'evil' })
  await cli.server.app.db
    .updateTable('teams')
    .set({ displayname: 'E\u001b[2Jv\u001b]0;owned\u0007il' })
    .where('teams.id', '=', team.id)
    .execute()
})
afterAll(() => cli.stop())

test('escape sequences in names never reach the terminal, in any form of output or error', async () => {
  expect(await cli.local('team', 'search', 'evil')).toMatch(/^evil: Evil \(/)
  expect(await cli.local('--json', 'team', 'search', 'evil')).toContain('"E\\u001b[2Jv')
  expect(await cli.failure('team', 'search', 'x\u001b[31m\u009b0m')).toContain('no team was found for "x"')
  expect(await cli.failure('user\u001b[2J')).not.toContain('\u001b')
})

test('JSON is an array, a bare object for single ones, and text as strings', async () => {
  const list = await cli.local('--json', 'team', 'list')
  expect(list).toMatch(/^\[\n {2}\{\n {4}"id": /)
  expect(list.endsWith('}\n]\n')).toBe(true)
  const user = await cli.server.make.user()
  expect(await cli.local('--json', 'user', 'search', user.id)).toMatch(/^\{\n {2}"id": /)
  expect((await cli.run(['--local', '--json', 'user', 'search', 'nobody'])).out).toBe('')
  expect(await cli.local('--json', 'user', 'list', '--page', '99')).toBe('[]\n')
  const both = await cli.json<{ id: string }[]>('user', 'search', user.id, user.username)
  expect(both.map((one) => one.id)).toEqual([user.id, user.id])
  const id = (await cli.json<{ id: string }>('team', 'create', '--name', 'plain', '--display-name', 'P')).id
  expect(id).toHaveLength(26)
  expect(await cli.json('team', 'archive', 'plain', '--confirm')).toMatchObject([{ id }])
})

test('long output goes through PAGER on a terminal only', async () => {
  const page = `${cli.home}/page`
  const env = { PAGER: `cat >'${page}'` }
  const paged = await cli.run(['--local', 'roles', 'list'], { rows: 5, env })
  expect(paged.out).toBe('')
  expect(await readFile(page, 'utf8')).toContain('system_admin\n')
  expect(paged.err).toMatch(/^There are \d+ roles on local instance\n$/)
  for (const more of [{ env }, { rows: 500, env }, { rows: 5 }]) {
    expect((await cli.run(['--local', 'roles', 'list'], more)).out).toContain('system_admin\n')
  }
  expect((await cli.run(['--local', 'roles', 'list', '--disable-pager'], { rows: 5, env })).out).toContain(
    'system_admin',
  )
  expect((await cli.run(['--local', 'roles', 'list'], { rows: 5, env: { PAGER: 'no-such-pager' } })).err).toContain(
    'the pager "no-such-pager" cannot be run',
  )
})
