import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestCli } from '../testing/cli.ts'

let cli: TestCli

beforeAll(async () => {
  cli = await TestCli.start({ config: { GitLabSettings: { Secret: 'very-secret' } } })
})
afterAll(() => cli.stop())

const setting = (name: string) => cli.local('config', 'get', name)

test('get prints JSON of a value, a list or a section', async () => {
  expect(await setting('TeamSettings.MaxUsersPerTeam')).toBe('10000\n')
  expect(await setting('TeamSettings.SiteName')).toBe('"Outpost"\n')
  expect(await setting('ServiceSettings.EnableDeveloper')).toBe('false\n')
  expect(await setting('SqlSettings.DataSourceReplicas')).toBe('[]\n')
  expect(JSON.parse(await setting('TeamSettings'))).toMatchObject({ MaxUsersPerTeam: 10_000 })
  for (const wrong of ['TeamSettings.Nope', 'nope', '__proto__', 'TeamSettings.SiteName.length', 'constructor']) {
    expect(await cli.failure('config', 'get', wrong)).toBe('Error: invalid key\n')
  }
})

test('set changes values of each kind and keeps secrets', async () => {
  const set = (...words: string[]) => cli.local('config', 'set', ...words)
  expect(await set('TeamSettings.MaxUsersPerTeam', '77')).toBe('Value changed successfully\n')
  expect(await setting('TeamSettings.MaxUsersPerTeam')).toBe('77\n')
  await set('ServiceSettings.EnableDeveloper', 'true')
  expect(await setting('ServiceSettings.EnableDeveloper')).toBe('true\n')
  await set('TeamSettings.SiteName', '한글 "chat"')
  expect(await setting('TeamSettings.SiteName')).toBe('"한글 \\"chat\\""\n')
  await set('SqlSettings.DataSourceReplicas', 'one', 'two')
  expect(JSON.parse(await setting('SqlSettings.DataSourceReplicas'))).toEqual(['one', 'two'])
  expect(cli.server.app.config.get().GitLabSettings.Secret).toBe('very-secret')
  const json = await cli.json<{ TeamSettings: object }[]>('config', 'set', 'TeamSettings.MaxUsersPerTeam', '10000')
  expect(json[0]!.TeamSettings).toMatchObject({ MaxUsersPerTeam: 10_000 })
})

test.each([
  [['TeamSettings.MaxUsersPerTeam', 'many'], 'whole number'],
  [['ServiceSettings.EnableDeveloper', 'yes'], 'true or false'],
  [['SqlSettings.DataSourceReplicas', 'one'], 'two or more values'],
  [['TeamSettings.SiteName', 'one', 'two'], 'takes one value'],
  [['TeamSettings', 'x'], 'group of settings'],
  [['TeamSettings.Nope', 'x'], 'selected path object is not valid'],
  [['TeamSettings.__proto__.x', 'x'], 'selected path object is not valid'],
  [['EmailSettings.SMTPServer'], 'requires at least 2 arg(s), only received 1'],
  [['ServiceSettings.MaximumLoginAttempts', '-1'], 'Error: '],
])('set %j is refused', async (words, message) => {
  expect(await cli.failure('config', 'set', ...words)).toContain(message)
})

test('over the network secrets are masked, and setting something else keeps them', async () => {
  const admin = await cli.server.make.admin()
  await cli.run(['auth', 'login', cli.server.url, '-n', 'a', '-a', admin.token])
  const remote = (...argv: string[]) => cli.run(['config', ...argv])
  expect((await remote('get', 'GitLabSettings.Secret')).out).toBe(`"${'*'.repeat(32)}"\n`)
  expect(await setting('GitLabSettings.Secret')).toBe('"very-secret"\n')
  expect((await remote('set', 'TeamSettings.MaxUsersPerTeam', '60')).out).toBe('Value changed successfully\n')
  expect(cli.server.app.config.get().GitLabSettings.Secret).toBe('very-secret')
})

test('patch lays a file over the configuration', async () => {
  const file = join(cli.home, 'patch.json')
  await writeFile(
    file,
    JSON.stringify({ TeamSettings: { MaxUsersPerTeam: 91 }, LogSettings: { ConsoleLevel: 'ERROR' } }),
  )
  expect(await cli.local('config', 'patch', file)).toBe('Config patched successfully\n')
  expect([await setting('TeamSettings.MaxUsersPerTeam'), await setting('LogSettings.ConsoleLevel')]).toEqual([
    '91\n',
    '"ERROR"\n',
  ])
  const plugin = (values: object) => JSON.stringify({ PluginSettings: { Plugins: { 'com.example.thing': values } } })
  await writeFile(file, plugin({ color: 'red', size: 1 }))
  await cli.local('config', 'patch', file)
  await writeFile(file, plugin({ size: 2 }))
  await cli.local('config', 'patch', file)
  await cli.local('config', 'set', 'PluginSettings.Plugins.com.example.thing.color', 'blue')
  await cli.local('config', 'set', 'PluginSettings.Plugins.com.example.thing.name', 'new')
  expect(JSON.parse(await setting('PluginSettings.Plugins.com.example.thing'))).toEqual({
    color: 'blue',
    size: 2,
    name: 'new',
  })
  await writeFile(file, '{"TeamSettings": ')
  expect(await cli.failure('config', 'patch', file)).toContain(`${file} is no valid JSON`)
  await writeFile(file, '[]')
  expect(await cli.failure('config', 'patch', file)).toContain('holds no JSON object')
  expect(await cli.failure('config', 'patch', join(cli.home, 'none'))).toContain('ENOENT')
})

test('edit opens EDITOR on a private file, saves, and keeps the text of a change that failed', async () => {
  const editor = (script: string) => ({ env: { EDITOR: `sh -c '${script}' edit`, PATH: process.env.PATH! } })
  const edit = (script: string) => cli.run(['--local', 'config', 'edit'], editor(script))
  const before = (await readdir(tmpdir())).filter((name) => name.startsWith('mmctl-')).length
  const seen = join(cli.home, 'seen')
  const { out } = await edit(
    `stat -c %a "$1" >${seen}; sed -i "s/\\"MaxUsersPerTeam\\": [0-9]*/\\"MaxUsersPerTeam\\": 33/" "$1"`,
  )
  expect([out, await readFile(seen, 'utf8')]).toEqual(['Config updated successfully\n', '600\n'])
  expect(await setting('TeamSettings.MaxUsersPerTeam')).toBe('33\n')
  expect((await edit('true')).out).toBe('Nothing was changed\n')
  expect((await edit('exit 3')).err).toContain('ended with status 3; nothing was changed')
  expect((await readdir(tmpdir())).filter((name) => name.startsWith('mmctl-')).length).toBe(before)
  const { err } = await edit('echo "{ broken" >"$1"')
  const kept = /Your text is kept in (\S+)/.exec(err)![1]!
  expect(await readFile(kept, 'utf8')).toBe('{ broken\n')
  await rm(join(kept, '..'), { recursive: true })
})

test('reset gives settings and sections the values of a new server', async () => {
  await cli.local('config', 'set', 'TeamSettings.MaxUsersPerTeam', '12')
  await cli.local('config', 'set', 'LogSettings.ConsoleLevel', 'ERROR')
  expect(await cli.failure('config', 'reset', 'TeamSettings.MaxUsersPerTeam')).toContain('use --confirm')
  expect(await cli.local('config', 'reset', 'TeamSettings.MaxUsersPerTeam', 'LogSettings', '--confirm')).toBe(
    'Value/s reset successfully\n',
  )
  expect(await setting('TeamSettings.MaxUsersPerTeam')).toBe('10000\n')
  expect(await setting('LogSettings.ConsoleLevel')).toBe('"DEBUG"\n')
  expect(await cli.failure('config', 'reset', 'TeamSettings.Nope', '--confirm')).toContain(
    '"TeamSettings.Nope" in TeamSettings',
  )
})

test('show and export print everything, without masked secrets or defaults if wanted', async () => {
  const show = await cli.local('config', 'show')
  expect(JSON.parse(show)).toMatchObject({ GitLabSettings: { Secret: 'very-secret' } })
  expect(show).toMatch(/^\{\n {2}"\w+": \{\n {4}"/)
  const admin = await cli.server.make.admin()
  await cli.run(['auth', 'login', cli.server.url, '-n', 'a', '-a', admin.token])
  const { out } = await cli.run(['config', 'export'])
  expect(JSON.parse(out).GitLabSettings).not.toHaveProperty('Secret')
  const masked = JSON.parse((await cli.run(['config', 'export', '--remove-masked=false'])).out)
  expect(masked.GitLabSettings.Secret).toBe('*'.repeat(32))
  await cli.local('config', 'set', 'TeamSettings.SiteName', 'Seoul')
  const changed = JSON.parse(await cli.local('config', 'export', '--remove-defaults'))
  expect(changed.TeamSettings).toEqual({ SiteName: 'Seoul' })
})

test('reload reads the file again, migrate copies it, subpath is not needed', async () => {
  const { source } = cli.server.app.config
  const text = (await readFile(source, 'utf8')).replace('"SiteName": "Seoul"', '"SiteName": "Busan"')
  await writeFile(source, text)
  expect(await cli.local('config', 'reload')).toBe('')
  expect(await setting('TeamSettings.SiteName')).toBe('"Busan"\n')
  const copy = join(cli.home, 'copy.json')
  expect(await cli.local('config', 'migrate', source, copy)).toBe('')
  expect((await stat(copy)).mode & 0o777).toBe(0o600)
  expect((await cli.run(['config', 'migrate', source, copy])).err).toContain('local mode only')
  expect(await cli.failure('config', 'subpath', '-a', 'client', '-p', '/chat')).toContain('SiteURL the path /chat')
})
