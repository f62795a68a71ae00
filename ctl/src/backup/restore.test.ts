import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { findUser } from '../resources/accounts.ts'
import type { Outcome } from '../reconfigure/test-box.fixture.ts'
import { ChatBox } from './chat.fixture.ts'

// Whole services start and stop here; how long that takes is the machine's affair.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let chat: ChatBox
let archive: string
let file: string

const FILE = Buffer.from('a file that must come back')
const data = (path = ''): string => chat.box.path(`/var/opt/gitlab/mattermost/data${path}`)
const restore = (...words: string[]): Promise<Outcome> => chat.box.run(['restore', ...words])

/** Makes a backup; answers its path. */
async function backup(folder: string): Promise<string> {
  const { code, err } = await chat.box.run(['backup', '-p', chat.box.path(folder)])
  expect(code, err).toBe(0)
  const [name = ''] = readdirSync(chat.box.path(folder)).filter((one) => one.endsWith('.tar'))
  return chat.box.path(`${folder}/${name}`)
}

/** What the backup holds is there, and nothing else is. */
async function expectRestored(): Promise<void> {
  expect(await chat.messages()).toEqual(['second', 'first'])
  expect(readFileSync(data(`/${file}`))).toEqual(FILE)
}

beforeAll(async () => {
  chat = await ChatBox.create()
  await chat.post('first')
  await chat.post('second', FILE)
  file = await chat.sql('SELECT path FROM fileinfo LIMIT 1')
  archive = await backup('/backups')
})

afterAll(() => chat?.box.dispose())

test('a running chat is not replaced without a word', async () => {
  const { code, err } = await restore(archive)
  expect(code).toBe(1)
  expect(err).toContain('--stop')
})

test('everything comes back, with owner and mode, and what came later is gone', async () => {
  await chat.post('too late', Buffer.from('later'))
  rmSync(data(`/${file}`))
  const { code, out, err } = await restore('--stop', archive)
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/Restored: \d+ files, \d+ posts, \d+ accounts; every row counted\.\n/)
  await expectRestored()
  const { uid } = (await findUser(chat.box.name))!
  for (const path of ['', `/${file}`, `/${file.split('/')[0]}`]) expect(statSync(data(path)).uid).toBe(uid)
  const config = statSync(chat.box.path('/var/opt/gitlab/mattermost/config.json'))
  expect([config.uid, config.mode & 0o777]).toEqual([uid, 0o600])
  expect(await chat.sql("SELECT tableowner FROM pg_tables WHERE tablename = 'posts'")).toBe('gitlab_mattermost')
  expect(readdirSync(data()).filter((name) => /restore/.test(name))).toEqual([])
  expect(await chat.sql('SELECT count(*) FROM pg_database')).toBe('4')
  expect(await chat.post('and goes on')).toMatch(/^[a-z0-9]{26}$/)
})

test('--keep-old leaves the way back', async () => {
  await chat.post('dear to me')
  const { code, out } = await restore('--stop', '--keep-old', archive)
  expect(code).toBe(0)
  expect(out).toContain('is kept')
  expect(existsSync(data(`/.before-restore/${file}`))).toBe(true)
  const old = 'mattermost_production_before_restore'
  expect(await chat.sql("SELECT count(*) FROM posts WHERE message = 'dear to me'", old)).toBe('1')
})

/** Kills the restore with the line that `moment` matches on its output. */
async function killAt(moment: string): Promise<void> {
  const child = chat.box.start('restore', '--stop', archive)
  const ended = new Promise((done) => child.once('exit', done))
  child.stdout!.on('data', (text: Buffer) => {
    if (text.toString().includes(moment)) child.kill('SIGKILL')
  })
  child.stderr!.resume()
  await ended
}

/** Code and complaints of the command that was killed, once more. */
async function again(): Promise<[number, string]> {
  const { code, err } = await restore('--stop', archive)
  return [code, err]
}

test.each(['Checking', 'Unpacking'])(
  'killed at "%s", the old state is in use and the same command succeeds',
  async (moment) => {
    await chat.post('written in between')
    await killAt(moment)
    expect((await chat.messages())[0]).toBe('written in between')
    expect(await again()).toEqual([0, ''])
    await expectRestored()
  },
)

test.each(['Stopping', 'Changing places', 'Starting'])('killed at "%s", the same command succeeds', async (moment) => {
  await chat.post('written in between')
  await killAt(moment)
  expect(await again()).toEqual([0, ''])
  await expectRestored()
})

test('killed at any moment, the same command succeeds', async () => {
  for (const part of [0.3, 0.6, 0.75, 0.9]) {
    const child = chat.box.start('restore', '--stop', archive)
    const ended = new Promise((done) => child.once('exit', done))
    const timer = setTimeout(() => child.kill('SIGKILL'), 6000 * part * Math.random())
    await ended
    clearTimeout(timer)
  }
  expect(await again()).toEqual([0, ''])
  await expectRestored()
})

test('a damaged archive is refused by the name of what is damaged', async () => {
  const damaged = `${archive}.damaged`
  const at = readFileSync(archive).indexOf(FILE)
  execFileSync('cp', [archive, damaged])
  writeSync(openSync(damaged, 'r+'), 'X', at)
  const changed = await restore('--stop', damaged)
  expect([changed.code, changed.err]).toEqual([1, expect.stringContaining(`wrong checksum: data/${file}`)])
  expect((await restore('--check', damaged)).code).toBe(1)
  truncateSync(damaged, statSync(archive).size - 20_000)
  expect((await restore('--stop', damaged)).err).toContain('cut off')
  expect((await restore('--check', archive)).out).toContain('every checksum is right')
  await expectRestored()
})

test('another chat is not replaced, unless it is meant', async () => {
  await chat.sql("UPDATE systems SET value = 'another' WHERE name = 'DiagnosticId'")
  const { code, err } = await restore('--stop', archive)
  expect(code).toBe(1)
  expect(err).toContain('holds another chat')
  expect((await restore('--stop', '--overwrite', archive)).code).toBe(0)
  await expectRestored()
})

test('the backup of a newer Outpost is refused', async () => {
  await chat.sql("INSERT INTO outpost.migrations (number, name, appliedat) VALUES (9999, 'to_come', 0)")
  const newer = await backup('/newer')
  await chat.sql('DELETE FROM outpost.migrations WHERE number = 9999')
  const { code, err } = await restore('--stop', newer)
  expect(code).toBe(1)
  expect(err).toContain('newer Outpost')
})

test('a database of something else is never touched', async () => {
  await chat.box.run(['stop', 'outpost'])
  await chat.sql('ALTER DATABASE mattermost_production RENAME TO aside', 'postgres')
  await chat.sql('CREATE DATABASE mattermost_production', 'postgres')
  await chat.sql('CREATE TABLE invoices (id int)')
  const { code, err } = await restore(archive)
  expect(code).toBe(1)
  expect(err).toContain('no chat')
  await chat.sql('DROP DATABASE mattermost_production', 'postgres')
  await chat.sql('ALTER DATABASE aside RENAME TO mattermost_production', 'postgres')
  await chat.box.run(['start', 'outpost'])
  await chat.healthy()
})

test('somebody else in the database stops the restore, and nothing changes', async () => {
  const visitor = await chat.visitor()
  const { code, err } = await restore('--stop', archive)
  await visitor.end()
  expect(code).toBe(1)
  expect(err).toContain('is in use by 1 other connections')
  await chat.healthy()
  expect(lstatSync(data()).isDirectory()).toBe(true)
})

test('destroyed and brought back on an empty machine', async () => {
  const elsewhere = `/tmp/${chat.box.name}.tar`
  execFileSync('cp', [archive, elsewhere])
  expect((await chat.box.run(['cleanse', 'yes'])).code).toBe(0)
  expect(existsSync(data())).toBe(false)
  expect((await restore(elsewhere)).err).toContain('There is no settings file')
  const { code, err } = await restore('--settings', '--stop', elsewhere)
  rmSync(elsewhere)
  expect(code, err).toBe(0)
  await expectRestored()
})
