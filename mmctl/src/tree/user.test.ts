import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UserProfile } from '@mattermost/types/users'
import { TestCli } from '../testing/cli.ts'

let cli: TestCli

beforeAll(async () => {
  cli = await TestCli.start()
})
afterAll(() => cli.stop())

const made = async (overrides: Parameters<TestCli['server']['make']['user']>[0] = {}) => cli.server.make.user(overrides)

test('user list prints id, username and address, bots too, and the count on stderr', async () => {
  const anna = await made()
  const bot = await made({ bot: true })
  const { code, out, err } = await cli.run(['--local', 'user', 'list', '--all'])
  expect(code).toBe(0)
  const lines = out.trimEnd().split('\n')
  expect(lines).toContain(`${anna.id}: ${anna.username} (${anna.username}@example.com)`)
  expect(lines).toContain(`${bot.id}: ${bot.username} (${bot.username}@example.com)`)
  expect(err).toBe(`There are ${lines.length} users on local instance\n`)
})

test('on a terminal an empty line comes before the count; --quiet, --no-stat and --short-stat leave parts out', async () => {
  const { out, err } = await cli.run(['--local', 'user', 'list'], { rows: 1000 })
  const count = out.trimEnd().split('\n').length
  expect(err).toBe(`\nThere are ${count} users on local instance\n`)
  expect(await cli.run(['--local', 'user', 'list', '--quiet'])).toEqual({ code: 0, out: '', err: '' })
  expect((await cli.run(['--local', 'user', 'list', '--no-stat'])).err).toBe('')
  const short = await cli.run(['--local', 'user', 'list', '--short-stat'])
  expect(short).toEqual({ code: 0, out: '', err: `There are ${count} users on local instance\n` })
})

test('user list takes pages, teams, roles and inactive accounts', async () => {
  const anna = await made()
  const team = await cli.server.make.team([anna])
  expect(await cli.local('user', 'list', '--team', team.name)).toContain(anna.id)
  expect((await cli.local('user', 'list', '--team', team.name)).trimEnd().split('\n')).toHaveLength(1)
  const admin = await cli.server.make.admin()
  expect(await cli.local('user', 'list', '--role', 'system_admin')).toBe(
    `${admin.id}: ${admin.username} (${admin.username}@example.com)\n`,
  )
  expect((await cli.local('user', 'list', '--per-page', '2')).trimEnd().split('\n')).toHaveLength(2)
  expect(await cli.local('user', 'list', '--page', '1000')).toBe('')
  await cli.local('user', 'deactivate', anna.username)
  expect(await cli.local('user', 'list', '--inactive')).toContain(anna.username)
  const many = await cli.run(['--local', 'user', 'list', '--per-page', '500'])
  expect(many.err).toContain('at most 200')
  expect((await cli.json<UserProfile[]>('user', 'list', '--all')).find((one) => one.id === anna.id)?.email).toBe(
    `${anna.username}@example.com`,
  )
})

test('user create makes members, administrators and guests', async () => {
  const create = (name: string, ...more: string[]) => [
    'user',
    'create',
    '--email',
    `${name}@example.com`,
    '--username',
    name,
    '--password',
    'password-1',
    ...more,
  ]
  expect(await cli.local(...create('carol'))).toBe('Created user carol\n')
  const dora = await cli.json<UserProfile>(...create('dora', '--system-admin', '--email-verified', '--firstname=Dora'))
  expect([dora.roles, dora.first_name]).toEqual(['system_user system_admin', 'Dora'])
  await cli.server.app.config.patch({ GuestAccountsSettings: { Enable: true } })
  expect((await cli.json<UserProfile>(...create('gus', '--guest'))).roles).toBe('system_guest')
  expect(await cli.failure(...create('carol'))).toMatch(/^Error: .+/)
  expect(await cli.failure('user', 'create', '--email', 'x@example.com')).toBe(
    'Error: required flag(s) "username", "password" not set\nRun \'mmctl user create --help\' for usage.\n',
  )
})

test('user search prints one block each, found by address, username and id', async () => {
  const [anna, ben] = [await made(), await made()]
  const out = await cli.local('user', 'search', `${anna.username}@example.com`, ben.id)
  expect(out.split('\n').slice(0, 3)).toEqual([`id: ${anna.id}`, 'deactivated: false', `username: ${anna.username}`])
  expect(out.split('\n').slice(9, 13)).toEqual(['auth_data: ', '-'.repeat(30), `id: ${ben.id}`, 'deactivated: false'])
  const one = await cli.json<UserProfile & { Deactivated: boolean }>('user', 'search', anna.username)
  expect([one.id, one.Deactivated]).toEqual([anna.id, false])
  const { code, out: found, err } = await cli.run(['--local', 'user', 'search', 'nobody', anna.id, '../teams'])
  expect([code, found.split('\n')[0]]).toEqual([1, `id: ${anna.id}`])
  expect(err).toBe('Error: 2 errors occurred:\n\t* user "nobody" not found\n\t* user "../teams" not found\n\n\n')
})

test('accounts are deactivated, activated, promoted and demoted, and say nothing when all is well', async () => {
  await cli.server.app.config.patch({ GuestAccountsSettings: { Enable: true } })
  const anna = await made()
  const now = async () => cli.json<UserProfile & { Deactivated: boolean }>('user', 'search', anna.id)
  expect(await cli.local('user', 'deactivate', anna.username)).toBe('')
  expect((await now()).Deactivated).toBe(true)
  expect(await cli.local('user', 'activate', anna.username)).toBe('')
  expect((await now()).Deactivated).toBe(false)
  expect(await cli.local('user', 'demote', anna.username)).toBe(`User ${anna.username} demoted.\n`)
  expect((await now()).roles).toBe('system_guest')
  expect(await cli.local('user', 'promote', anna.username)).toBe(`User ${anna.username} promoted.\n`)
  expect((await now()).roles).toBe('system_user')
})

test('editing keeps everything else of the account', async () => {
  const anna = await made()
  expect(await cli.local('user', 'edit', 'email', anna.username, `new-${anna.username}@example.com`)).toBe(
    `User ${anna.username} email updated successfully\n`,
  )
  expect(await cli.local('user', 'edit', 'username', anna.username, `x${anna.username}`)).toBe(
    `User x${anna.username} username updated successfully\n`,
  )
  const user = await cli.json<UserProfile>('user', 'search', anna.id)
  expect([user.username, user.email]).toEqual([`x${anna.username}`, `new-${anna.username}@example.com`])
  expect(await cli.local('user', 'email', anna.id, `${anna.id}@example.com`)).toContain('email updated')
  expect(await cli.failure('user', 'edit', 'authdata', anna.id, '')).toContain('empty')
  expect(await cli.failure('user', 'edit', 'authdata', anna.id, 'x'.repeat(129))).toContain('128')
})

test('authdata names the account of the sign-in provider', async () => {
  const anna = await made()
  await cli.server.app.db
    .updateTable('users')
    .set({ authservice: 'gitlab', authdata: '17' })
    .where('users.id', '=', anna.id)
    .execute()
  expect(await cli.local('user', 'edit', 'authdata', anna.id, '42')).toBe(
    `User ${anna.username} authdata updated successfully\n`,
  )
  const row = cli.server.app.db.selectFrom('users').select('users.authdata').where('users.id', '=', anna.id)
  expect(await row.executeTakeFirst()).toEqual({ authdata: '42' })
  expect(await cli.local('user', 'deactivate', anna.id)).toContain(`${anna.username} (${anna.id}) in gitlab`)
})

test('passwords are changed with a flag, with a hash and with what is typed', async () => {
  const anna = await made()
  const said = `Password for user ${anna.username} successfully changed\n`
  const signsIn = async (password: string) =>
    (await cli.server.as().post('/users/login', { login_id: anna.username, password })).status
  expect(await cli.local('user', 'change-password', anna.username, '-p', 'first-password')).toBe(said)
  expect(await signsIn('first-password')).toBe(200)
  const typed = await cli.run(['--local', 'user', 'change-password', anna.id], { input: 'second-password\n' })
  expect(typed).toEqual({ code: 0, out: said, err: 'New password: ' })
  expect(await signsIn('second-password')).toBe(200)
  const [{ password }] = (await cli.server.app.db
    .selectFrom('users')
    .select('users.password')
    .where('users.id', '=', anna.id)
    .execute()) as [{ password: string }]
  await cli.local('user', 'change-password', anna.id, '-p', 'third-password')
  await cli.local('user', 'change-password', anna.id, '--hashed', '-p', password)
  expect(await signsIn('second-password')).toBe(200)
  expect((await cli.run(['--local', 'user', 'change-password', anna.id])).err).toContain('no answer to "New password"')
})

test('addresses are verified, MFA is reset, mails are asked for', async () => {
  const anna = await made()
  const team = await cli.server.make.team([anna])
  expect(await cli.local('user', 'verify', anna.username)).toBe(`User ${anna.username} verified\n`)
  expect(await cli.local('user', 'resetmfa', anna.username)).toBe('')
  await cli.server.app.config.patch({ ServiceSettings: { EnableEmailInvitations: true } })
  expect(await cli.local('user', 'invite', 'new@example.com', team.name)).toBe(
    'Invites may or may not have been sent.\n',
  )
  expect(await cli.failure('user', 'invite', 'new@example.com')).toContain('at least one team')
  expect(await cli.failure('user', 'reset-password')).toContain('at least one user')
})

test('preferences are set, read and forgotten', async () => {
  const anna = await made()
  const key = ['--category', 'display_settings', '--name', 'use_military_time']
  expect(await cli.local('user', 'preference', 'set', ...key, '--value', 'true', anna.username)).toBe(
    `Preference display_settings use_military_time for ${anna.username} updated successfully\n`,
  )
  const block = `user_id: ${anna.id}\ncategory: display_settings\nname: use_military_time\nvalue: true\n`
  expect(await cli.local('user', 'pref', 'get', ...key, anna.username)).toBe(block)
  expect(await cli.local('user', 'pref', 'list', '-c', 'display_settings', anna.username)).toBe(block)
  expect(await cli.local('user', 'preference', 'delete', ...key, anna.username)).toBe(
    `Preference display_settings use_military_time for ${anna.username} deleted successfully\n`,
  )
  expect(await cli.failure('user', 'preference', 'get', ...key, anna.username)).toMatch(/^Error: 1 error occurred:/)
})

test('deleting asks first, and needs the flag where nobody can answer', async () => {
  const anna = await made()
  expect(await cli.failure('user', 'delete', anna.username)).toContain('use --confirm')
  expect(await cli.local('user', 'delete', anna.username, '--confirm')).toBe(`Deleted user '${anna.username}'\n`)
  expect(await cli.failure('user', 'search', anna.id)).toContain('not found')
  expect((await cli.run(['user', 'deleteall', '--confirm'])).err).toContain('local mode only')
})

test('what the server has no API for yet is said', async () => {
  const anna = await made()
  expect(await cli.failure('user', 'convert', anna.username)).toContain('either --bot or --user')
  expect(await cli.failure('user', 'convert', '--bot', anna.username)).toContain(
    'not available on this server yet: bots',
  )
  expect(await cli.failure('user', 'migrate-auth', 'gitlab', 'nowhere')).toContain('ldap or saml')
  expect(await cli.failure('user', 'attributes', 'field', 'list')).toContain('no API for custom profile attributes')
  expect(await cli.failure('bot', 'list', '--all')).toContain('no API for bots')
})
