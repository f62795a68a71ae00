import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ChatBox } from '../backup/chat.fixture.ts'
import { machinePaths } from '../context.ts'
import { GitLabMachine } from '../reconfigure/gitlab-machine.fixture.ts'
import { TestBox } from '../reconfigure/test-box.fixture.ts'
import { placesOf } from '../services/places.ts'
import { waitForSupervisor } from '../services/sv.ts'

// Whole services start and stop here; how long that takes is the machine's affair.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const HOME = '/var/opt/gitlab/mattermost'
const ENV = '/opt/gitlab/etc/mattermost/env'
let box: TestBox
let gitlab: GitLabMachine
let chat: ChatBox

const sql = (text: string, database?: string): Promise<string> => chat.sql(text, database)
const owner = (name = 'mattermost_production'): Promise<string> =>
  sql(`SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '${name}'`, 'postgres')

/** The machine as GitLab 18.11 leaves it: its PostgreSQL, its settings and secrets, its service, and a chat in use. */
beforeAll(async () => {
  box = await TestBox.create()
  gitlab = await GitLabMachine.create(box)
  chat = ChatBox.in(box)
  box.settings(`external_url '${gitlab.gitlab!.url}'
mattermost_external_url 'http://localhost:${box.ports.web}'
mattermost['team_site_name'] = "Anna's \\"garden\\""
mattermost['env'] = {
  'MM_SERVICESETTINGS_ENABLELOCALMODE' => 'false',
}
nginx['enable'] = false
gitlab_rails['ldap_password'] = 'not for the chat'`)
  mkdirSync(box.path('/etc/gitlab'), { recursive: true })
  renameSync(box.path('/etc/outpost/outpost.rb'), box.path('/etc/gitlab/gitlab.rb'))
  // The same schema, files and environment that the package's own server leaves.
  const made = await box.run(['reconfigure'])
  if (made.code !== 0) throw new Error(made.err)
  await chat.settle()
  await chat.post('written long ago', Buffer.from('with a file'))
  await box.run(['uninstall'])
  const secrets = JSON.parse(box.read('/etc/outpost/outpost-secrets.json')) as object
  box.write(
    '/etc/gitlab/gitlab-secrets.json',
    JSON.stringify({ ...secrets, gitlab_rails: { db_key_base: 'not ours' } }),
  )
  rmSync(box.path('/etc/outpost'), { recursive: true })
  // psql's knowledge stays: the tests ask the database with it.
  for (const path of ['sv', 'service']) rmSync(box.path(`/opt/outpost/${path}`), { recursive: true, force: true })
  box.write('/opt/gitlab/sv/mattermost/run', '#!/bin/sh\nexec chpst -P sleep 100000\n')
  chmodSync(box.path('/opt/gitlab/sv/mattermost/run'), 0o755)
  symlinkSync(box.path('/opt/gitlab/sv/mattermost'), box.path('/opt/gitlab/service/mattermost'))
  await waitForSupervisor(
    { ...placesOf(machinePaths(box.root)), enabled: box.path('/opt/gitlab/service') },
    'mattermost',
  )
})

afterAll(async () => {
  await box.run(['uninstall'])
  await gitlab?.dispose()
  await box?.dispose()
})

const bundledIsUp = (): boolean =>
  readFileSync(box.path('/opt/gitlab/sv/mattermost/supervise/stat'), 'utf8').startsWith('run')

/** Every file below /etc and the environment, with its content. */
function snapshot(): Record<string, string> {
  const files: Record<string, string> = {}
  for (const folder of ['/etc', ENV])
    for (const name of readdirSync(box.path(folder), { recursive: true, encoding: 'utf8' })) {
      const path = box.path(`${folder}/${name}`)
      if (statSync(path).isFile()) files[path] = readFileSync(path, 'utf8')
    }
  return files
}

test('a dry run tells what it found and would do, without secrets, and changes nothing', async () => {
  const before = snapshot()
  const { code, out, err } = await box.run(['adopt', '--dry-run'])
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('mattermost_production: 1 people')
  expect(out).toMatch(/Secrets +\S*gitlab-secrets\.json/)
  expect(out).toContain(`hand the database mattermost_production from the role gitlab_mattermost to ${box.name}`)
  expect(out).toContain("mattermost['team_site_name'] = 'Anna\\'s \"garden\"'")
  expect(out).toContain('Dry run: nothing was changed.')
  for (const secret of ['not for the chat', 'not ours']) expect(out).not.toContain(secret)
  expect(snapshot()).toEqual(before)
  expect(bundledIsUp()).toBe(true)
})

test('a database of an older level is refused with its level and the step', async () => {
  await sql('CREATE TABLE kept AS SELECT * FROM db_migrations; DELETE FROM db_migrations WHERE version > 124')
  const { code, err } = await box.run(['adopt'])
  await sql('DELETE FROM db_migrations; INSERT INTO db_migrations SELECT * FROM kept; DROP TABLE kept')
  expect(code).toBe(1)
  expect(err).toContain('is at schema level 124 (Mattermost 9.8 to 9.11, GitLab 17.1 to 17.4)')
  expect(err).toContain('upgrade GitLab to 18.11')
  expect(existsSync(box.path('/etc/outpost'))).toBe(false)
})

test('killed half way, the same command takes the chat over in place', async () => {
  const child = box.start('adopt')
  const ended = new Promise((done) => child.once('exit', done))
  child.stdout!.on('data', (text: Buffer) => {
    if (text.toString().includes('Reading ')) child.kill('SIGKILL')
  })
  child.stderr!.resume()
  await ended
  const { code, out, err } = await box.run(['adopt'])
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain("gitlab_rails['mattermost_host'] = 'http://localhost:")
  expect(bundledIsUp()).toBe(false)
  expect(await owner()).toBe(box.name)
  await chat.signIn()
  expect(await chat.messages()).toEqual(['written long ago'])
  for (const path of ['/etc/outpost/outpost.rb', '/etc/outpost/outpost-secrets.json'])
    expect(statSync(box.path(path)).mode & 0o777).toBe(0o600)
  const section = (file: string): Record<string, unknown> =>
    (JSON.parse(box.read(file)) as { mattermost: Record<string, unknown> }).mattermost
  expect(section('/etc/outpost/outpost-secrets.json')).toMatchObject(section('/etc/gitlab/gitlab-secrets.json'))
  expect(box.read('/etc/outpost/outpost.rb')).not.toContain('not for the chat')
  for (const name of ['gitlab.rb', 'gitlab-secrets.json', 'config.json', 'env', 'VERSION', 'pg_ident.conf'])
    expect(readdirSync(box.path('/etc/outpost/adopted'))).toContain(name)
  expect(box.read('/etc/outpost/adopted/gitlab-secrets.json')).not.toContain('not ours')
})

test('what GitLab 19 forgets in its first run does no harm', async () => {
  await gitlab.forgetChat()
  box.write('/etc/gitlab/gitlab-secrets.json', '{}')
  expect((await box.run(['restart', 'outpost'])).code).toBe(0)
  expect((await box.run(['reconfigure'])).code).toBe(0)
  await chat.healthy()
  await chat.post('after the upgrade')
  const again = await box.run(['adopt'])
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('taken over already')])
})

test('--undo gives everything back, with what was written meanwhile', async () => {
  const { code, out, err } = await box.run(['adopt', '--undo'])
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain("The chat is GitLab's again")
  expect(await owner()).toBe('gitlab_mattermost')
  expect(await sql("SELECT tableowner FROM pg_tables WHERE tablename = 'posts'")).toBe('gitlab_mattermost')
  expect(await sql("SELECT count(*) FROM posts WHERE message = 'after the upgrade'")).toBe('1')
  expect(existsSync(box.path('/etc/outpost/outpost.rb'))).toBe(false)
  expect(box.read(`${ENV}/MM_SQLSETTINGS_DATASOURCE`)).toContain('user=gitlab_mattermost')
  expect(statSync(box.path(ENV)).mode & 0o777).toBe(0o755)
  expect(bundledIsUp()).toBe(true)
  expect((await box.run(['adopt', '--undo'])).code).toBe(1)
})

test('a copy leaves the old chat untouched; secrets come from the environment where GitLab has dropped them', async () => {
  const rb = box.read('/etc/gitlab/gitlab.rb')
  const { code, out, err } = await box.run(['adopt', '--copy', '--edit-gitlab-rb'])
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(new RegExp(`Secrets +${box.path(ENV)}`))
  await chat.signIn()
  expect(await chat.messages()).toEqual(['after the upgrade', 'written long ago'])
  await chat.post('in the copy')
  expect(await owner()).toBe('gitlab_mattermost')
  expect(await owner('mattermost_production_outpost')).toBe(box.name)
  expect(await sql("SELECT count(*) FROM posts WHERE message = 'in the copy'", 'mattermost_production')).toBe('0')
  const path = await sql('SELECT path FROM fileinfo LIMIT 1', 'mattermost_production')
  expect(box.read(`/var/opt/outpost/mattermost/data/${path}`)).toBe('with a file')
  expect(box.read(`${HOME}/data/${path}`)).toBe('with a file')
  const edited = box.read('/etc/gitlab/gitlab.rb')
  expect(edited.split('\n').filter((line) => /^\s*(mattermost|'MM_)/.test(line))).toEqual([])
  expect(edited).toContain("gitlab_rails['mattermost_host'] = 'http://localhost:")
  expect((await box.run(['adopt', '--undo'])).code).toBe(0)
  expect(box.read('/etc/gitlab/gitlab.rb')).toBe(rb)
})

test('what GitLab 18.11.8 switched on by accident is recognised', async () => {
  const rb = box.read('/etc/gitlab/gitlab.rb')
  box.write('/etc/gitlab/gitlab.rb', rb.replace(/^mattermost_external_url.*$/m, ''))
  const used = await box.run(['adopt', '--dry-run'])
  expect(used.err).toContain('does not say where the chat is')
  await sql('CREATE TABLE kept AS SELECT * FROM users; DELETE FROM users')
  const { code, out } = await box.run(['adopt'])
  await sql('INSERT INTO users SELECT * FROM kept; DROP TABLE kept')
  box.write('/etc/gitlab/gitlab.rb', rb)
  expect(code).toBe(1)
  expect(out).toContain('18.11.8')
  expect(out).toContain('DROP DATABASE IF EXISTS "mattermost_production"')
  expect(existsSync(box.path('/etc/outpost/outpost.rb'))).toBe(false)
})

test('settings that somebody wrote already are not overwritten, and unclear wishes are refused', async () => {
  cpSync(box.path('/etc/gitlab/gitlab.rb'), box.path('/etc/outpost/outpost.rb'))
  expect((await box.run(['adopt'])).err).toContain('has settings already')
  rmSync(box.path('/etc/outpost/outpost.rb'))
  for (const words of [
    ['--undo', '--copy'],
    ['--copy', '--database', 'x'],
    ['--files', 'x'],
  ])
    expect((await box.run(['adopt', ...words])).code).toBe(2)
})
