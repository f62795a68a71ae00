import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Header, Pax } from 'tar'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Outcome } from '../reconfigure/test-box.fixture.ts'
import { ChatBox } from './chat.fixture.ts'

// Whole services start and stop here; how long that takes is the machine's affair.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const HOME = '/var/opt/gitlab/mattermost'
let chat: ChatBox
let file: string
let folder: string

const restore = (...words: string[]): Promise<Outcome> => chat.box.run(['restore', ...words])
const socket = (): string => chat.box.path('/var/opt/gitlab/postgresql')

/** A line of the guide, in the name of an account; `sudo` is not on every machine. */
const as = (account: string, line: string): string =>
  execFileSync('chpst', ['-u', account, 'sh', '-c', line], {
    cwd: '/',
    env: { PATH: process.env.PATH, PGPORT: String(chat.box.ports.postgresql) },
  }).toString()

beforeAll(async () => {
  chat = await ChatBox.create()
  await chat.post('first', Buffer.from('its file'))
  file = await chat.sql('SELECT path FROM fileinfo LIMIT 1')
  folder = chat.box.path('/guide')
  mkdirSync(folder)
  await chat.box.run(['stop', 'mattermost'])
})

afterAll(() => chat?.box.dispose())

async function expectFirst(): Promise<void> {
  await chat.box.run(['start', 'mattermost'])
  await chat.healthy()
  expect(await chat.messages()).toEqual(['first'])
  expect(chat.box.read(`${HOME}/data/${file}`)).toBe('its file')
  await chat.box.run(['stop', 'mattermost'])
}

const dump = (): string => join(folder, 'mattermost_dbdump_2026-05-01.sql.gz')
const data = (): string => join(folder, 'mattermost_data_2026-05-01.gz')

test('the commands of the guide make a backup that restore brings back', async () => {
  const pg = `${chat.box.name}-pg`
  const out = as(pg, `pg_dump -h ${socket()} mattermost_production | gzip | base64`)
  writeFileSync(dump(), Buffer.from(out, 'base64'))
  execFileSync('tar', ['-zcf', data(), '-C', chat.box.path(HOME), 'data', 'config.json'])
  await chat.sql("UPDATE posts SET message = 'changed'")
  rmSync(chat.box.path(`${HOME}/data/${file}`))
  const { code, out: said, err } = await restore(dump(), data())
  expect([code, err]).toEqual([0, ''])
  expect(said).toContain('still is. Start it')
  await expectFirst()
})

test('the commands of the guide restore what --two-files made', async () => {
  const pair = chat.box.path('/pair')
  const made = await chat.box.run(['backup', '--two-files', '-p', pair])
  expect(made.code, made.err).toBe(0)
  const [dataName = '', dumpName = ''] = readdirSync(pair).toSorted()
  expect([dumpName, dataName]).toEqual([
    expect.stringMatching(/^mattermost_dbdump_\d{8}T\d{6}Z\.sql\.gz$/),
    expect.stringMatching(/^mattermost_data_\d{8}T\d{6}Z\.gz$/),
  ])
  const pg = `${chat.box.name}-pg`
  const connection = `-U ${pg} -h ${socket()}`
  as(pg, `dropdb ${connection} mattermost_production`)
  as(pg, `createdb ${connection} -O gitlab_mattermost mattermost_production`)
  const packed = readFileSync(join(pair, dumpName)).toString('base64')
  execFileSync(
    'chpst',
    [
      '-u',
      chat.box.name,
      'sh',
      '-c',
      `base64 -d | zcat | psql -q -v ON_ERROR_STOP=1 -U gitlab_mattermost -h ${socket()} -p ${chat.box.ports.postgresql} mattermost_production`,
    ],
    { input: packed, cwd: '/' },
  )
  rmSync(chat.box.path(`${HOME}/data`), { recursive: true })
  execFileSync('tar', ['-xzf', join(pair, dataName), '-C', chat.box.path(HOME)])
  execFileSync('chown', [
    '-R',
    `${chat.box.name}:${chat.box.name}`,
    chat.box.path(`${HOME}/data`),
    chat.box.path(`${HOME}/config.json`),
  ])
  await expectFirst()
})

test('plain, packed and custom dumps, with and without data', async () => {
  const plain = join(folder, 'plain.sql')
  writeFileSync(plain, execFileSync('zcat', [dump()], { maxBuffer: 1e9 }))
  const custom = join(folder, 'custom.dump')
  const text = as(`${chat.box.name}-pg`, `pg_dump -Fc -h ${socket()} mattermost_production | base64`)
  writeFileSync(custom, Buffer.from(text, 'base64'))
  for (const inputs of [[plain], [custom], [data()]]) {
    const { code, err } = await restore(...inputs)
    expect([inputs, code, err]).toEqual([inputs, 0, ''])
  }
  await expectFirst()
  expect((await restore(plain, custom)).code).toBe(2)
  writeFileSync(join(folder, 'letter.txt'), 'Dear administrator')
  expect((await restore(join(folder, 'letter.txt'))).err).toContain('is neither an archive')
})

test('dumps that are cut off or damaged, or want to run programs, change nothing', async () => {
  const whole = readFileSync(dump())
  const plain = execFileSync('zcat', [dump()], { maxBuffer: 1e9 }).toString()
  const marker = chat.box.path('/tmp-marker')
  const cases: [name: string, content: Buffer | string, message: RegExp][] = [
    ['cut.sql.gz', whole.subarray(0, whole.length - 100), /cut off/],
    ['cut.sql', plain.slice(0, plain.indexOf('COPY public.users') + 200), /cut off/],
    [
      'end.sql',
      plain.slice(0, plain.lastIndexOf('-- PostgreSQL database dump complete')),
      /does not end as a dump ends/,
    ],
    ['shell.sql', plain.replace('CREATE TABLE', `\\! touch ${marker}\nCREATE TABLE`), /command to psql/],
    ['inline.sql', plain.replace('CREATE TABLE', `SELECT 1 \\! touch ${marker}\n;CREATE TABLE`), /command to psql/],
    [
      'program.sql',
      plain.replace('CREATE TABLE', `COPY (SELECT 1) TO PROGRAM 'touch ${marker}';\nCREATE TABLE`),
      /PostgreSQL did not take the dump/,
    ],
    [
      'rows.sql',
      plain.replace('CREATE TABLE public.posts ', 'CREATE TABLE public.pasts '),
      /PostgreSQL did not take the dump/,
    ],
  ]
  for (const [name, content, message] of cases) {
    writeFileSync(join(folder, name), content)
    const { code, err } = await restore(join(folder, name))
    expect([name, code, err]).toEqual([name, 1, expect.stringMatching(message)])
  }
  expect(existsSync(marker)).toBe(false)
  await expectFirst()
})

/** One member of a tar file, as a hostile program would write it. */
function member(
  path: string,
  type: 'File' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'FIFO',
  linkpath = '',
): Buffer {
  const head = Buffer.alloc(512)
  new Header({ path, type, linkpath, size: type === 'File' ? 4 : 0, mode: 0o4777 }).encode(head, 0)
  return Buffer.concat([head, ...(type === 'File' ? [Buffer.from('evil'.padEnd(512, '\0'))] : [])])
}

test('archives that reach beyond their folder are refused by name, and nothing of them is used', async () => {
  const end = Buffer.alloc(1024)
  const good = member('data/good', 'File')
  const cases: [message: string, content: Buffer][] = [
    ['a path that leads elsewhere: data/../../../../escaped', member('data/../../../../escaped', 'File')],
    [
      'a path that leads elsewhere: /escaped',
      Buffer.concat([new Pax({ path: '/escaped' }).encode(), member('data/x', 'File')]),
    ],
    [
      'a symbolic link: data/link',
      Buffer.concat([member('data/link', 'SymbolicLink', '/etc'), member('data/link/escaped', 'File')]),
    ],
    ['a hard link: data/hard', member('data/hard', 'Link', '/etc/shadow')],
    ['a device: data/disk', member('data/disk', 'CharacterDevice')],
    ['a pipe: data/pipe', member('data/pipe', 'FIFO')],
    ['is damaged', Buffer.alloc(512, 'x')],
    ['cut off', member('data/short', 'File').subarray(0, 514)],
  ]
  for (const [message, content] of cases) {
    const path = join(folder, 'hostile.gz')
    writeFileSync(path, gzipSync(Buffer.concat([good, content, ...(message === 'cut off' ? [] : [end])])))
    const { code, err } = await restore(path)
    expect([message, code]).toEqual([message, 1])
    expect(err).toContain(message)
  }
  for (const root of ['/', dirname(chat.box.root), chat.box.root, chat.box.path(HOME)])
    expect(existsSync(join(root, 'escaped'))).toBe(false)
  expect(existsSync(chat.box.path(`${HOME}/data/good`))).toBe(false)
  await expectFirst()
})
