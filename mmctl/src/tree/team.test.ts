import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Team } from '@mattermost/types/teams'
import { TestCli } from '../testing/cli.ts'

let cli: TestCli

beforeAll(async () => {
  cli = await TestCli.start()
})
afterAll(() => cli.stop())

test('a team is made, renamed, closed, archived, restored and erased', async () => {
  expect(await cli.local('team', 'create', '--name', 'alpha', '--display-name', 'Alpha')).toBe(
    'New team alpha successfully created\n',
  )
  const [alpha] = await cli.json<Team[]>('team', 'search', 'alpha')
  expect([alpha!.type, alpha!.allow_open_invite]).toEqual(['O', true])
  expect(await cli.local('team', 'rename', 'alpha', '--display-name', 'Alpha Two')).toBe("'alpha' team renamed\n")
  expect(await cli.local('team', 'search', 'alpha')).toBe(`alpha: Alpha Two (${alpha!.id})\n`)
  expect(await cli.local('team', 'modify', 'alpha', '--private')).toBe("Modified team 'alpha'\n")
  expect((await cli.json<Team[]>('team', 'search', 'alpha'))[0]!.type).toBe('I')
  expect(await cli.local('team', 'archive', alpha!.id, '--confirm')).toBe("Archived team 'alpha'\n")
  expect(await cli.local('team', 'list')).toBe('alpha (archived)\n')
  expect(await cli.local('team', 'restore', 'alpha')).toBe("Restored team 'alpha'\n")
  expect(await cli.local('team', 'delete', 'alpha', '--confirm')).toBe("Deleted team 'alpha'\n")
  expect(await cli.run(['--local', 'team', 'list'])).toEqual({
    code: 0,
    out: '',
    err: 'There are 0 teams on local instance\n',
  })
})

test('private teams take no strangers, and wrong flags are refused', async () => {
  const team = await cli.json<Team>('team', 'create', '--name', 'beta', '--display-name', 'Beta', '--private')
  expect([team.type, team.allow_open_invite]).toEqual(['I', false])
  expect(await cli.failure('team', 'create', '--name', 'gamma')).toContain('needs --display-name')
  expect(await cli.failure('team', 'modify', 'beta')).toContain('either --private or --public')
  expect(await cli.failure('team', 'modify', 'beta', '--private', '--public')).toContain('either')
  expect(await cli.failure('team', 'rename', 'beta')).toContain('required flag(s) "display-name" not set')
  expect(await cli.failure('team', 'archive', 'beta')).toContain('use --confirm')
  expect(await cli.failure('team', 'restore', '../users', 'none')).toContain(
    '* team "../users" not found\n\t* team "none"',
  )
})

test('team search sorts by name and says what was not found', async () => {
  for (const name of ['zeta-team', 'eta-team']) await cli.server.make.team([], { name })
  const { code, out, err } = await cli.run(['--local', 'team', 'search', 'eta-team', 'nothing'])
  expect(out.split('\n').map((line) => line.split(':')[0])).toEqual(['eta-team', 'zeta-team', ''])
  expect([code, err]).toEqual([1, 'Error: 1 error occurred:\n\t* no team was found for "nothing"\n\n\n'])
})

test('people join and leave, and one unknown name does not stop the others', async () => {
  const [anna, ben] = [await cli.server.make.user(), await cli.server.make.user()]
  const team = await cli.server.make.team()
  const { code, out } = await cli.run(['--local', 'team', 'users', 'add', team.name, anna.username, 'nobody', ben.id])
  expect([code, out]).toEqual([1, ''])
  const members = async () => (await cli.local('user', 'list', '--team', team.name)).split('\n').filter(Boolean).length
  expect(await members()).toBe(2)
  expect(await cli.local('team', 'users', 'remove', team.name, anna.username)).toBe('')
  expect(await members()).toBe(1)
})
