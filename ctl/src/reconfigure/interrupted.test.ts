import { execFile } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { createInterface } from 'node:readline'
import { list } from 'tar'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { TestBox } from './test-box.fixture.ts'

// Whole services start and stop here; how long that takes is the machine's affair.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let box: TestBox

beforeAll(async () => {
  box = await TestBox.create()
  box.settings()
})

afterAll(() => box.dispose())

/** Runs reconfigure and kills it at the moment in which it says this. */
async function killAt(line: string): Promise<void> {
  const child = box.start('reconfigure')
  const ended = new Promise<string | null>((done) => child.once('exit', (_code, signal) => done(signal)))
  for await (const said of createInterface({ input: child.stdout! })) if (said.includes(line)) child.kill('SIGKILL')
  expect(await ended, `killed at ${line}`).toBe('SIGKILL')
}

test('killed at any step, the same command goes on and succeeds', async () => {
  const moments = [
    'group ',
    'create an empty cluster',
    'service postgresql',
    'database mattermost_production',
    'config.json',
    'service outpost',
    'nginx.conf: create',
    'service nginx',
  ]
  for (const moment of moments) await killAt(moment)
  const { code, err } = await box.ctl('reconfigure')
  expect([code, err]).toEqual([0, ''])
  expect((await fetch(`http://localhost:${box.ports.web}/api/v4/system/ping`)).status).toBe(200)
  const stray = readdirSync(box.root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.[0-9a-f]{12}\.tmp$|data\.new$|\.lock\./.test(name),
  )
  expect(stray).toEqual([])
  expect((await box.ctl('reconfigure')).out).toContain('Everything was up to date.')
})

test('a restart that a killed run owed is done by the next one', async () => {
  const before = await box.pid('outpost')
  box.settings(`mattermost_external_url 'http://localhost:${box.ports.web}'\nmattermost['team_site_name'] = 'Owed'`)
  await killAt('Restarts of outpost')
  const { out } = await box.ctl('reconfigure')
  expect(out).toContain('  * restart outpost\n')
  expect(await box.pid('outpost')).not.toBe(before)
  const answer = await fetch(`http://localhost:${box.ports.web}/api/v4/config/client?format=old`)
  expect(await answer.json()).toMatchObject({ SiteName: 'Owed' })
})

test('two runs at once: the second says so and changes nothing', async () => {
  const first = box.start('reconfigure')
  const lines = createInterface({ input: first.stdout! })[Symbol.asyncIterator]()
  while (!existsSync(box.path('/var/opt/outpost/.outpost-ctl.lock'))) await lines.next()
  const second = await box.ctl('reconfigure')
  expect([second.code, second.err]).toEqual([1, expect.stringContaining('outpost-ctl reconfigure is already at work')])
  while (!(await lines.next()).done);
})

test(
  'psql opens the database, and without a reconfigured machine it says what to do',
  { timeout: 60_000 },
  async () => {
    const who = await box.run(['-Atc', 'select current_user, current_database()'], 'outpost-psql')
    expect(who).toEqual({ code: 0, out: `${box.name}-pg|mattermost_production\n`, err: '' })
    expect((await box.run(['-d', 'postgres', '-Atc', 'select current_database()'], 'outpost-psql')).out).toBe(
      'postgres\n',
    )
    box.env.OUTPOST_ROOT = `${box.root}/nowhere`
    const { code, err } = await box.run(['-l'], 'outpost-psql')
    delete box.env.OUTPOST_ROOT
    expect([code, err]).toEqual([1, expect.stringContaining('Run outpost-ctl reconfigure first.')])
  },
)

test('the command of the guide dumps the database, from a shell of its superuser', async () => {
  const dump = `pg_dump -h ${box.path('/var/opt/gitlab/postgresql')} -p ${box.ports.postgresql} mattermost_production`
  const { stdout } = await promisify(execFile)('su', ['-', `${box.name}-pg`, '-c', dump], { maxBuffer: 50_000_000 })
  expect(stdout).toContain('ALTER TABLE public.posts OWNER TO gitlab_mattermost;')
})

test('the doctor finds a healthy machine healthy, and names what is not', async () => {
  const healthy = await box.ctl('doctor')
  expect(healthy.out).toMatch(/0 to repair, \d+ to look at, \d+ in order\.\n$/)
  expect(healthy.code).toBe(0)
  await box.ctl('stop', 'outpost')
  const ill = await box.ctl('doctor', '--json')
  expect(ill.code).toBe(1)
  const findings = JSON.parse(ill.out) as { area: string; level: string; text: string; repair?: string }[]
  expect(findings).toContainEqual(
    expect.objectContaining({
      area: 'services',
      level: 'fail',
      text: expect.stringMatching(/^outpost does not run/) as string,
    }),
  )
  expect(findings).toContainEqual(
    expect.objectContaining({ area: 'site', level: 'fail', text: expect.stringContaining('answers 502') as string }),
  )
  expect(findings.filter(({ level }) => level !== 'ok').every(({ repair }) => repair)).toBe(true)
})

test('an archive of settings and secrets, for root alone', async () => {
  box.write(
    '/etc/outpost/outpost.rb',
    `${box.read('/etc/outpost/outpost.rb')}gitlab_rails['backup_keep_time'] = 604800\n`,
  )
  box.write('/etc/outpost/config_backup/outpost_config_1000000000_2001_09_09.tar', 'old')
  const { code, out } = await box.ctl('backup-etc', '--no-delete-old-backups')
  expect(code).toBe(0)
  const archive = /are in (\S+outpost_config_\d+_\d{4}_\d\d_\d\d\.tar)\n/.exec(out)![1]!
  const names: string[] = []
  await list({ file: archive, onReadEntry: ({ path }) => void names.push(path) })
  expect(names).toEqual(['etc/outpost/', 'etc/outpost/outpost-secrets.json', 'etc/outpost/outpost.rb'])
  expect([archive, dirname(archive)].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o700])
  expect(readdirSync(box.path('/etc/outpost/config_backup'))).toHaveLength(2)
  expect((await box.ctl('backup-etc')).out).toContain('Removed ')
  expect(readdirSync(box.path('/etc/outpost/config_backup'))).not.toContain('outpost_config_1000000000_2001_09_09.tar')
})

test('secrets for a machine to come, never over others', async () => {
  expect((await box.ctl('generate-secrets', '-f', box.path('/secrets.json'))).code).toBe(0)
  expect(JSON.parse(box.read('/secrets.json'))).toMatchObject({
    mattermost: { sql_at_rest_encrypt_key: expect.stringMatching(/^[0-9a-f]{32}$/) as string },
  })
  expect((await box.ctl('generate-secrets', '-f', box.path('/secrets.json'))).err).toContain('exists already')
  expect((await box.ctl('generate-secrets')).code).toBe(2)
})

test('cleansed, nothing is left but a copy of the settings', async () => {
  const refused = await box.ctl('remove-accounts')
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('Run outpost-ctl uninstall first.')])
  expect((await box.ctl('uninstall')).code).toBe(0)
  expect((await box.ctl('remove-accounts')).out).toBe(
    `Removed ${box.name}\nRemoved ${box.name}-www\nRemoved ${box.name}-pg\n`,
  )
  expect((await box.ctl('cleanse', 'no')).code).toBe(2)
  const { code, out } = await box.ctl('cleanse', 'yes')
  expect(code).toBe(0)
  const copy = /were copied to (\S+)\n/.exec(out)![1]!
  expect(readdirSync(`${copy}/outpost`)).toContain('outpost.rb')
  for (const path of [
    '/var/opt/outpost',
    '/opt/outpost/sv',
    '/var/opt/gitlab/mattermost',
    '/var/opt/gitlab/postgresql',
    '/etc/outpost',
  ])
    expect(existsSync(box.path(path)), path).toBe(false)
})
