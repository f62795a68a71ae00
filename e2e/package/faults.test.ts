import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Box } from './box.fixture.ts'
import { bareMachine, putCertificate } from './package.fixture.ts'

/** What can go wrong on a machine: each ends with what, why and what to do, and then the same command succeeds. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 600_000 })

const SETTINGS = "mattermost_external_url 'https://chat.corp.test'\nmattermost_nginx['redirect_http_to_https'] = true\n"

let box: Box
beforeAll(async () => {
  const machine = await bareMachine()
  ;({ box } = machine)
  await box.succeed(`dpkg -i /mnt/${machine.packages.current}`)
  await box.write('/etc/outpost/outpost.rb', SETTINGS, '0600')
})
afterAll(() => box?.dispose())

const ping = async (): Promise<string> => (await box.run('curl -sk https://chat.corp.test/api/v4/system/ping')).out
const settings = (...more: string[]): Promise<void> =>
  box.write('/etc/outpost/outpost.rb', [SETTINGS, ...more, ''].join('\n'), '0600')

async function expectFailure(command: string, ...words: (string | RegExp)[]): Promise<void> {
  const { code, out, err } = await box.run(command)
  expect(code, `${command}\n${out}${err}`).toBe(1)
  for (const word of words) expect(err).toMatch(word)
  expect(err).not.toMatch(/^ +at .*\.ts:\d+/m)
}

/** Runs a command and kills it at the moment in which it says this. */
async function killAt(command: string, moment: string): Promise<void> {
  const child = box.start(`echo $$; exec ${command}`)
  const ended = new Promise((done) => child.once('exit', done))
  let pid = ''
  let isKilled = false
  for await (const line of createInterface({ input: child.stdout! })) {
    if (pid === '') pid = line
    else if (!isKilled && line.includes(moment)) {
      await box.run(`kill -KILL ${pid}`)
      isKilled = true
    }
  }
  await ended
  expect(isKilled, `${command} said "${moment}"`).toBe(true)
}

test('a certificate that is not there: its path is named, nothing is touched', async () => {
  await settings("letsencrypt['enable'] = false")
  await expectFailure('outpost-ctl reconfigure', /\/etc\/gitlab\/ssl\/chat\.corp\.test\.crt/, /Repair: /)
  expect((await box.run('ls /var/opt/gitlab/mattermost; getent passwd mattermost')).out).toBe('')
  await putCertificate(box)
  await settings()
  expect(await box.succeed('outpost-ctl reconfigure')).toContain('outpost Reconfigured!')
})

test('nginx refuses its configuration: the old one goes on serving', async () => {
  await settings('mattermost_nginx[\'custom_gitlab_mattermost_server_config\'] = "no_such_directive;"')
  await expectFailure('outpost-ctl reconfigure', /nginx refuses its new configuration/, /no_such_directive/)
  expect(await ping()).toContain('"OK"')
  await box.succeed('outpost-ctl restart nginx')
  expect(await ping()).toContain('"OK"')
  await settings()
  expect(await box.succeed('outpost-ctl reconfigure')).toContain('outpost Reconfigured!')
})

test('the database is down: every command says so, and goes on when it is up', async () => {
  await box.succeed('outpost-ctl stop postgresql')
  await expectFailure(
    'outpost-ctl reconfigure',
    /PostgreSQL at \S+, port 5432, does not answer/,
    /outpost-ctl start postgresql/,
  )
  await expectFailure(
    'outpost-ctl backup',
    /connection to server on socket "\S+" failed/,
    /outpost-ctl start postgresql/,
  )
  expect((await box.run('outpost-ctl doctor')).out).toMatch(/^fail +database /m)
  await box.succeed('outpost-ctl start postgresql')
  expect(await box.succeed('outpost-ctl reconfigure')).toContain('outpost Reconfigured!')
  expect(await ping()).toContain('"OK"')
})

test('the database dies: it is started again, and the chat finds it', async () => {
  await expect.poll(() => box.pid('postgresql')).toBeGreaterThan(1)
  await box.succeed(`kill -KILL ${await box.pid('postgresql')}`)
  expect(await box.succeed('outpost-ctl reconfigure')).toContain('outpost Reconfigured!')
  expect(await ping()).toContain('"OK"')
})

test('the disk is full during a backup: nothing half is left, earlier backups stay', async () => {
  await box.succeed(
    'head -c 5M /dev/urandom >/var/opt/gitlab/mattermost/data/picture && mkdir -p /var/opt/outpost/backups',
  )
  await box.succeed(
    'mount -t tmpfs -o size=2m tmpfs /var/opt/outpost/backups && echo old >/var/opt/outpost/backups/old',
  )
  await expectFailure(
    'outpost-ctl backup',
    /The backup needs about .* in \/var\/opt\/outpost\/backups/,
    /Free some space/,
  )
  // Room for bytes, and none for one more file: the disk is full when the archive is begun.
  await box.succeed('mount -o remount,size=200m,nr_inodes=2 /var/opt/outpost/backups')
  await expectFailure(
    'outpost-ctl backup',
    /The disk became full in \/var\/opt\/outpost\/backups/,
    /then run the command again/,
  )
  expect(await box.succeed('ls -A /var/opt/outpost/backups')).toBe('old\n')
  await box.succeed('mount -o remount,nr_inodes=1000 /var/opt/outpost/backups')
  expect(await box.succeed('outpost-ctl backup')).toMatch(/files, \d+ posts/)
  await box.succeed('mv /var/opt/outpost/backups/*.tar* /root/ && umount /var/opt/outpost/backups')
})

test('reconfigure is killed: the same command goes on, and does the restart that was owed', async () => {
  const before = await box.pid('outpost')
  await settings("mattermost['team_site_name'] = 'Killed'")
  await killAt('outpost-ctl reconfigure', 'MM_TEAMSETTINGS_SITENAME')
  await killAt('outpost-ctl reconfigure', 'nginx')
  expect(await box.succeed('outpost-ctl reconfigure')).toContain('outpost Reconfigured!')
  expect(await box.pid('outpost')).not.toBe(before)
  expect(await box.succeed('curl -sk "https://chat.corp.test/api/v4/config/client?format=old"')).toContain('"Killed"')
  expect(await box.succeed('outpost-ctl reconfigure')).toContain('Everything was up to date.')
})

test('a restore is killed at any moment: the chat is what it was or what it is to be, and the same command ends it', async () => {
  await box.succeed('mmctl --local team create --name later --display-name Later')
  const restore = 'outpost-ctl restore --stop --overwrite $(ls /root/*.tar*)'
  for (const moment of ['Checking', 'Unpacking', 'Stopping the chat server', 'Changing places']) {
    await killAt(restore, moment)
    await box.succeed('outpost-ctl start outpost && outpost-ctl reconfigure')
    expect(await ping(), `after ${moment}`).toContain('"OK"')
  }
  expect(await box.succeed(restore)).toContain('Restored')
  const teams = "outpost-psql -Atc 'select count(*) from teams'"
  expect(await box.succeed(teams)).toBe('0\n')
  expect(await box.succeed('stat -c "%s %U" /var/opt/gitlab/mattermost/data/picture')).toMatch(/^5242880 /)
})
