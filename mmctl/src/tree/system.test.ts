import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UserAccessToken } from '@mattermost/types/users'
import type { Role } from '@mattermost/types/roles'
import { TestCli } from '../testing/cli.ts'

let cli: TestCli

beforeAll(async () => {
  cli = await TestCli.start({ config: { ServiceSettings: { EnableUserAccessTokens: true } } })
})
afterAll(() => cli.stop())

test('system shows version and health', async () => {
  expect(await cli.local('system', 'version')).toBe('Server version 10.11.20\n')
  const lines = (await cli.local('system', 'status')).trimEnd().split('\n')
  expect(lines[0]).toBe('Server status: OK')
  expect(lines.map((line) => line.split(':')[0])).toEqual([
    'Server status',
    'Android Latest Version',
    'Android Minimum Version',
    'Desktop Latest Version',
    'Desktop Minimum Version',
    'Ios Latest Version',
    'Ios Minimum Version',
    'Database Status',
    'Filestore Status',
  ])
  expect(lines.slice(7)).toEqual(['Database Status: OK', 'Filestore Status: OK'])
  expect(await cli.json('system', 'status')).toMatchObject({ status: 'OK', database_status: 'OK' })
})

test('the server is declared busy, and not any more', async () => {
  expect(await cli.local('system', 'setbusy', '-s', '60')).toBe('Busy state set\n')
  expect(await cli.local('system', 'getbusy')).toMatch(/^busy:true expires:\d{4}-.*\n$/)
  expect(await cli.json('system', 'getbusy')).toMatchObject({ busy: true })
  expect(await cli.local('system', 'clearbusy')).toBe('Busy state cleared\n')
  expect(await cli.local('system', 'getbusy')).toBe('busy:false expires:\n')
  expect(await cli.failure('system', 'setbusy')).toContain('required flag(s) "seconds" not set')
  expect(await cli.failure('system', 'setbusy', '-s', '0')).toContain('1 or more')
})

test('the log is shown, and a support packet is saved', async () => {
  expect(await cli.failure('logs', '--json')).toContain('always plain')
  cli.server.app.log.error('a line for mmctl')
  await expect.poll(() => cli.local('logs', '-n', '5')).toContain('a line for mmctl')
  const file = join(cli.home, 'packet.zip')
  expect(await cli.local('system', 'supportpacket', '-o', file)).toBe(
    `Downloading Support Packet\nDownloaded Support Packet to ${file}\n`,
  )
  expect((await readFile(file)).subarray(0, 2).toString()).toBe('PK')
})

test('tokens are made, work, are listed and revoked', async () => {
  const anna = await cli.server.make.user()
  expect(await cli.failure('token', 'list', anna.username)).toContain(`no tokens for "${anna.username}"`)
  const made = await cli.local('token', 'generate', anna.username, 'for tests')
  expect(made).toMatch(/^[a-z0-9]{26}: for tests\n$/)
  expect((await cli.server.as({ token: made.slice(0, 26) }).get('/users/me')).status).toBe(200)
  const [token] = (await cli.json<UserAccessToken[]>('token', 'list', anna.username)) as [UserAccessToken]
  expect(await cli.local('token', 'list', anna.username)).toBe(`${token.id}: for tests\n`)
  expect(await cli.local('token', 'list', anna.username, '--active=false')).toBe('')
  expect(await cli.local('token', 'revoke', token.id)).toBe('')
  expect((await cli.server.as({ token: made.slice(0, 26) }).get('/users/me')).status).toBe(401)
  expect(await cli.failure('token', 'revoke', 'nothing')).toMatch(/^Error: 1 error occurred:/)
})

test('administrators are made and unmade, and nothing is said when nothing changes', async () => {
  const anna = await cli.server.make.user()
  expect(await cli.local('roles', 'system_admin', anna.username)).toBe(
    `System admin role assigned to user "${anna.username}". Current roles are: system_user, system_admin\n`,
  )
  expect(await cli.local('roles', 'system-admin', anna.username)).toBe('')
  expect(await cli.local('roles', 'member', anna.username)).toBe(
    `System admin role revoked for user "${anna.username}". Current roles are: system_user\n`,
  )
  expect(await cli.local('roles', 'member', anna.username)).toBe('')
  expect((await cli.local('roles', 'list')).split('\n')).toContain('system_user_manager')
})

const role = (name: string) => cli.json<Role>('permissions', 'role', 'show', name)

test('permissions are added with what they need, taken away again and reset', async () => {
  const before = (await role('system_user')).permissions
  expect(await cli.local('permissions', 'add', 'system_user', 'sysconsole_read_reporting_server_logs')).toBe('')
  const added = (await role('system_user')).permissions
  expect(added).toEqual(expect.arrayContaining(['sysconsole_read_reporting_server_logs', 'get_logs']))
  await cli.local('permissions', 'remove', 'system_user', 'sysconsole_read_reporting_server_logs')
  expect((await role('system_user')).permissions.toSorted()).toEqual(before.toSorted())
  await cli.local('permissions', 'remove', 'system_user', 'create_team')
  expect((await role('system_user')).permissions).not.toContain('create_team')
  expect(await cli.local('permissions', 'reset', 'system_user')).toMatch(
    /^Property +Value\n-------- +-----\nName +system_user\n/,
  )
  expect((await role('system_user')).permissions.toSorted()).toEqual(before.toSorted())
  expect(await cli.failure('permissions', 'reset', 'nothing')).toContain('not a built-in role')
  expect(await cli.failure('permissions', 'add', 'nothing', 'create_team')).toMatch(/^Error: /)
})

test('a role is shown as a table, console roles with what uses a permission', async () => {
  const lines = (await cli.local('permissions', 'role', 'show', 'system_user')).trimEnd().split('\n')
  expect(lines.slice(0, 6).map((line) => line.split(/ +/)[0])).toEqual([
    'Property',
    '--------',
    'Name',
    'DisplayName',
    'BuiltIn',
    'SchemeManaged',
  ])
  const permissions = lines.slice(6).map((line) => line.trim().split(/ +/).at(-1))
  expect(permissions.join()).toBe(permissions.toSorted((a, b) => (a! < b! ? -1 : 1)).join())
  const manager = await cli.local('permissions', 'role', 'show', 'system_manager')
  expect(manager).toMatch(/^Property +Value +Used by\n/)
  expect(manager).toMatch(/ get_logs +sysconsole_read_reporting_server_logs/)
})

test('roles are given to people and taken from them', async () => {
  const anna = await cli.server.make.user()
  const roles = async () => (await cli.json<{ roles: string }>('user', 'search', anna.id)).roles
  expect(await cli.local('permissions', 'role', 'assign', 'system_manager', anna.username)).toBe('')
  expect(await roles()).toBe('system_user system_manager')
  expect(await cli.local('permissions', 'role', 'unassign', 'system_manager', anna.username)).toBe('')
  expect(await roles()).toBe('system_user')
  expect(await cli.failure('permissions', 'role', 'assign', 'nothing', anna.username)).toMatch(/^Error: /)
})

test('groups alone decide over members when enabled', async () => {
  const team = await cli.server.make.team()
  const place = `${team.name}:off-topic`
  expect(await cli.local('group', 'team', 'status', team.name)).toBe('Disabled\n')
  expect(await cli.local('group', 'channel', 'status', place)).toBe('Disabled\n')
  expect(await cli.local('group', 'channel', 'list', place)).toBe('')
  expect(await cli.failure('group', 'team', 'enable', team.name)).toContain('lose all members')
  expect(await cli.local('group', 'team', 'disable', team.name)).toBe('')
})

test('a deleted group of people comes back by its name', async () => {
  const admin = await cli.server.make.admin()
  const as = cli.server.as(admin)
  const draft = { name: 'crew', display_name: 'Crew', source: 'custom', allow_reference: true, user_ids: [admin.id] }
  const { body } = await as.post<{ id: string }>('/groups', draft)
  await as.delete(`/groups/${body.id}`)
  await cli.run(['auth', 'login', cli.server.url, '-n', 'admin', '-a', admin.token])
  expect(await cli.run(['group', 'user', 'restore', 'crew'])).toEqual({ code: 0, out: '', err: '' })
  expect((await as.get<{ delete_at: number }>(`/groups/${body.id}`)).body.delete_at).toBe(0)
  expect((await cli.run(['group', 'user', 'restore', 'crew'])).err).toContain('no deleted group "crew"')
})

test('licences, integrity and docs', async () => {
  expect(await cli.local('license', 'get')).toMatch(/\S/)
  const file = join(cli.home, 'licence')
  await writeFile(file, 'not one')
  expect(await cli.failure('license', 'upload', file)).toMatch(/^Error: /)
  expect(await cli.failure('license', 'upload-string', 'x')).toMatch(/^Error: /)
  expect(await cli.failure('license', 'upload')).toContain('name the file')
  expect(await cli.local('license', 'remove')).toBe('Removed license\n')
  const lines = (await cli.local('integrity', '--confirm')).trimEnd().split('\n')
  expect(lines).toContain('Found 0 in relation posts orphans of relation channels')
  expect((await cli.run(['integrity', '--confirm'])).err).toContain('local mode only')
  expect(await cli.local('docs', '-d', join(cli.home, 'docs'))).toMatch(/^\d+ pages written/)
})
