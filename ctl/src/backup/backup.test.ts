import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ChatBox } from './chat.fixture.ts'
import type { Manifest } from './manifest.ts'

// Whole services start and stop here; how long that takes is the machine's affair.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let chat: ChatBox

beforeAll(async () => {
  chat = await ChatBox.create()
  await chat.post('before', Buffer.from('a file'))
})

afterAll(() => chat?.box.dispose())

const archives = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.endsWith('_outpost_backup.tar'))

/** Unpacks an archive with the system's own tar; answers where, and its manifest. */
function unpack(archive: string): { folder: string; manifest: Manifest } {
  const folder = join(dirname(archive), `unpacked-${Math.random().toString(36).slice(2)}`)
  mkdirSync(folder)
  execFileSync('tar', ['-xf', archive, '-C', folder])
  return { folder, manifest: JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest }
}

test('one archive of everything while people write', async () => {
  const writers = chat.keepWriting()
  const { code, out, err } = await chat.box.run(['backup'])
  await writers.stop()
  expect([code, err]).toEqual([0, ''])
  const folder = chat.box.path('/var/opt/outpost/backups')
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  const [name = ''] = archives(folder)
  expect(name).toMatch(/^\d{8}T\d{6}Z_outpost_backup\.tar$/)
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  expect(out).toContain(join(folder, name))

  const { folder: unpacked, manifest } = unpack(join(folder, name))
  for (const [path, { size, sha256 }] of Object.entries(manifest.files)) {
    const content = readFileSync(join(unpacked, path))
    expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([size, sha256])
  }
  for (const path of ['config.json', 'database.sql.gz', 'settings/outpost.rb', 'secrets/outpost-secrets.json'])
    expect(Object.keys(manifest.files)).toContain(path)
  expect(manifest.database.migrations).toHaveLength(140)

  const dump = execFileSync('zcat', [join(unpacked, 'database.sql.gz')], { maxBuffer: 1e9 }).toString()
  const rowsOf = (table: string): string[] => {
    const at = dump.indexOf(`\nCOPY public.${table} `)
    const start = dump.indexOf('\n', at + 1) + 1
    const end = dump.indexOf('\\.\n', start)
    return dump.slice(start, end).split('\n').filter(Boolean)
  }
  for (const table of ['posts', 'fileinfo', 'users'])
    expect(rowsOf(table).length).toBe(manifest.counts[`public.${table}`])
  const paths = rowsOf('fileinfo').map((row) => row.split('\t').find((column) => /^20\d{6}\//.test(column))!)
  expect(paths.length).toBeGreaterThan(0)
  expect(paths.filter((path) => !(`data/${path}` in manifest.files))).toEqual([])
})

test('what is no file is left out with a word, and so is what only passes by', async () => {
  const data = chat.box.path('/var/opt/gitlab/mattermost/data')
  symlinkSync('/etc/shadow', join(data, 'stolen'))
  execFileSync('mkfifo', [join(data, 'pipe')])
  mkdirSync(join(data, '.tmp'), { recursive: true })
  writeFileSync(join(data, '.tmp/half'), 'x')
  writeFileSync(join(data, 'roots'), 'x', { mode: 0o600 })
  const folder = chat.box.path('/elsewhere')
  const { code, err } = await chat.box.run(['backup', '-p', folder])
  expect(code).toBe(0)
  expect(err).toContain(`Left out: ${data}/stolen (is a link)`)
  expect(err).toContain(`Left out: ${data}/pipe (is not a file)`)
  expect(err).toContain(`Left out: ${data}/roots (the service's account may not read it)`)
  const { manifest } = unpack(join(folder, archives(folder)[0]!))
  expect(Object.keys(manifest.files).filter((path) => /stolen|pipe|\.tmp|roots/.test(path))).toEqual([])
  execFileSync('rm', [join(data, 'stolen'), join(data, 'pipe'), join(data, 'roots')])
})

test('a file that is gone although messages refer to it is named', async () => {
  const path = await chat.sql('SELECT path FROM fileinfo LIMIT 1')
  const file = chat.box.path(`/var/opt/gitlab/mattermost/data/${path}`)
  execFileSync('mv', [file, `${file}.gone`])
  const { code, err } = await chat.box.run(['backup', '-p', chat.box.path('/lost')])
  execFileSync('mv', [`${file}.gone`, file])
  expect(code).toBe(0)
  expect(err).toContain(`1 files that messages refer to are not on the disk: ${path}`)
})

test('older backups go as --keep and backup_keep_time say, the newest never', async () => {
  const folder = chat.box.path('/kept')
  mkdirSync(folder, { mode: 0o700 })
  const old = ['20200101T000000Z', '20200102T000000Z', '20200103T000000Z'].map((date) => `${date}_outpost_backup.tar`)
  for (const name of [...old, 'notes.txt']) writeFileSync(join(folder, name), '')
  const { out } = await chat.box.run(['backup', '-p', folder, '--keep', '2'])
  expect(out).toContain(`Removed ${join(folder, old[0]!)}\n`)
  expect(archives(folder)).toHaveLength(2)
  expect(archives(folder)).toContain(old[2])
  utimesSync(join(folder, old[2]!), 1, 1)
  const rb = chat.box.read('/etc/outpost/outpost.rb')
  chat.box.write('/etc/outpost/outpost.rb', `${rb}\ngitlab_rails['backup_keep_time'] = 604800\n`)
  await chat.box.run(['backup', '-p', folder])
  chat.box.write('/etc/outpost/outpost.rb', rb)
  expect(archives(folder)).not.toContain(old[2])
  expect(archives(folder).length).toBeGreaterThan(0)
  expect(readdirSync(folder)).toContain('notes.txt')
})

test('a folder that others can write to earns a warning', async () => {
  const folder = chat.box.path('/open')
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  const { code, err } = await chat.box.run(['backup', '-p', folder])
  expect(code).toBe(0)
  expect(err).toContain(`Warning: ${folder} is not root's alone`)
})

test('files in S3 are said not to be included', async () => {
  const file = chat.box.path('/var/opt/gitlab/mattermost/config.json')
  const config = readFileSync(file, 'utf8')
  const changed = JSON.parse(config) as { FileSettings: Record<string, string> }
  Object.assign(changed.FileSettings, { DriverName: 'amazons3', AmazonS3Bucket: 'chat-files' })
  writeFileSync(file, JSON.stringify(changed))
  const folder = chat.box.path('/s3')
  const { code, err } = await chat.box.run(['backup', '-p', folder])
  writeFileSync(file, config)
  expect(code).toBe(0)
  expect(err).toContain('bucket chat-files')
  const { manifest } = unpack(join(folder, archives(folder)[0]!))
  expect(manifest.notIncluded).toHaveLength(1)
  expect(Object.keys(manifest.files).filter((path) => path.startsWith('data/'))).toEqual([])
})

test('mistakes on the command line, and a database that is down', async () => {
  expect((await chat.box.run(['backup', '--keep', '0'])).code).toBe(2)
  expect((await chat.box.run(['backup', '--nope'])).code).toBe(2)
  await chat.box.run(['stop', 'postgresql'])
  const folder = chat.box.path('/down')
  const { code, err } = await chat.box.run(['backup', '-p', folder])
  await chat.box.run(['start', 'postgresql'])
  expect(code).toBe(1)
  expect(err).toContain('PostgreSQL')
})
