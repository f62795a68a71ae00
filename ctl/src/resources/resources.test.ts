import { execFileSync } from 'node:child_process'
import {
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyStep, settle, StepError, type RunOptions } from './apply-steps.ts'
import { directory } from './directory.ts'
import { envDirectory } from './env-directory.ts'
import { absent, file, link } from './file.ts'
import { Pending } from './pending.ts'
import type { Resource } from './resource.ts'

const ROOT = { user: 'root', group: 'root' }
const DAEMON = { user: 'daemon', group: 'daemon' }
let folder: string
let said: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-resources-'))
  said = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function options(more: Partial<RunOptions> = {}): Promise<RunOptions> {
  const pending = await Pending.open(join(folder, '.pending'))
  return { dryRun: false, say: (text) => void said.push(text), pending, fire: async () => 'done', ...more }
}

const apply = async (...resources: Resource[]): Promise<number> =>
  applyStep({ title: 'Step', resources }, await options())

test('a file is made, changed and left alone, and says each', async () => {
  const path = join(folder, 'a')
  expect(await apply(file(path, 'one\n', { ...DAEMON, mode: 0o644 }))).toBe(1)
  expect(said).toContain('    - create (daemon:daemon, 0644)')
  expect(await apply(file(path, 'one\n', { ...DAEMON, mode: 0o644 }))).toBe(0)
  expect(said.at(-1)).toBe(`  * file ${path} (up to date)`)
  await apply(file(path, 'two\n', { ...ROOT, mode: 0o600 }))
  expect(said).toContain('    - change mode from 0644 to 0600')
  expect([readFileSync(path, 'utf8'), statSync(path).uid, statSync(path).mode & 0o777]).toEqual(['two\n', 0, 0o600])
})

test('a difference is shown, but never that of a file which others may not read', async () => {
  await apply(
    file(join(folder, 'open'), 'a\nb\n', { ...ROOT, mode: 0o644 }),
    file(join(folder, 'closed'), 'pw=1\n', { ...ROOT, mode: 0o600 }),
  )
  await apply(
    file(join(folder, 'open'), 'a\nc\n', { ...ROOT, mode: 0o644 }),
    file(join(folder, 'closed'), 'pw=2\n', { ...ROOT, mode: 0o600 }),
  )
  expect(said).toContain('      -b')
  expect(said).toContain('      +c')
  expect(said.join('\n')).not.toContain('pw=')
})

test('what a killed run left half written is cleared away', async () => {
  writeFileSync(join(folder, '.a.0123456789ab.tmp'), 'half')
  await apply(file(join(folder, 'a'), 'x', { ...ROOT, mode: 0o644 }))
  expect(readdirSync(folder)).toEqual(['a'])
})

test('a file that is written once keeps what others make of it', async () => {
  const path = join(folder, 'config.json')
  await apply(file(path, '{}', { ...ROOT, mode: 0o600 }, { once: true }))
  writeFileSync(path, '{"a":1}')
  expect(await apply(file(path, '{}', { ...ROOT, mode: 0o600 }, { once: true }))).toBe(0)
  expect(readFileSync(path, 'utf8')).toBe('{"a":1}')
})

test('a link is moved in one step, and nothing else is overwritten by one', async () => {
  const path = join(folder, 'service')
  await apply(link(path, '/a'))
  await apply(link(path, '/b'))
  expect(said).toContain('    - change from /a to /b')
  writeFileSync(join(folder, 'file'), 'mine')
  await expect(apply(link(join(folder, 'file'), '/a'))).rejects.toThrow('is not a symbolic link')
  await apply(absent(path))
  expect(readdirSync(folder)).toEqual(['file'])
})

test('a new owner of a directory takes over what belonged to the old one, and no more', async () => {
  const home = join(folder, 'home')
  mkdirSync(join(home, 'deep'), { recursive: true })
  for (const name of ['theirs', 'deep/theirs', 'roots']) writeFileSync(join(home, name), '')
  symlinkSync('/etc/passwd', join(home, 'link'))
  for (const name of ['', 'deep', 'theirs', 'deep/theirs']) chownSync(join(home, name), 7, 7)
  execFileSync('chown', ['-h', '7', join(home, 'link')])
  await apply(directory(home, { ...DAEMON, mode: 0o755 }, { withContents: true }))
  const owner = (name: string): number => lstatSync(join(home, name)).uid
  expect(['', 'deep', 'theirs', 'deep/theirs', 'link', 'roots'].map(owner)).toEqual([1, 1, 1, 1, 1, 0])
  expect(statSync('/etc/passwd').uid).toBe(0)
})

test('what was root’s stays root’s', async () => {
  const home = join(folder, 'home')
  mkdirSync(home)
  writeFileSync(join(home, 'shared'), '')
  await apply(directory(home, { ...DAEMON, mode: 0o755 }, { withContents: true }))
  expect([statSync(home).uid, statSync(join(home, 'shared')).uid]).toEqual([1, 0])
})

test('a variable that is no longer wanted goes, and each change asks for the restart once', async () => {
  const env = join(folder, 'env')
  const all = async (variables: Record<string, string>): Promise<Resource[]> =>
    envDirectory(env, variables, ['restart outpost'])
  const run = await options()
  await applyStep({ title: 'Env', resources: await all({ A: '1', B: '', C: 'x y' }) }, run)
  expect(run.pending.list()).toEqual(['restart outpost'])
  await applyStep({ title: 'Env', resources: await all({ A: '1', B: '' }) }, run)
  expect(readdirSync(env).toSorted()).toEqual(['A', 'B'])
  expect(statSync(join(env, 'B')).size).toBe(0)
  const seen = execFileSync('chpst', ['-e', env, 'env'], { env: { B: 'was', PATH: process.env.PATH } }).toString()
  expect(seen).toContain('A=1\n')
  expect(seen).not.toContain('B=')
})

test.each([
  ['A B', 'x', '"A B" is not the name of an environment variable'],
  ['../A', 'x', 'is not the name of an environment variable'],
  ['A', 'one\ntwo', 'The value of A has more than one line'],
])('the variable %j is refused', async (name, value, message) => {
  await expect(envDirectory(join(folder, 'env'), { [name]: value }, [])).rejects.toThrow(message)
})

test('a restart that is owed outlives the run that owes it', async () => {
  const first = await options({ fire: async () => Promise.reject(new Error('the power went')) })
  const change = file(join(folder, 'run'), 'x', { ...ROOT, mode: 0o755 }, { triggers: ['restart outpost'] })
  await applyStep({ title: 'Step', resources: [change] }, first)
  await expect(settle('Restarts', () => true, first)).rejects.toThrow('the power went')
  const fired: string[] = []
  const second = await options({ fire: async (trigger) => (fired.push(trigger), 'ok') })
  await applyStep({ title: 'Step', resources: [change] }, second)
  await settle('Restarts', () => true, second)
  expect(fired).toEqual(['restart outpost'])
  expect((await options()).pending.list()).toEqual([])
})

test('a failure names step, thing, cause and repair', async () => {
  mkdirSync(join(folder, 'a'))
  const error = await apply(file(join(folder, 'a'), 'x', { ...ROOT, mode: 0o644 })).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(StepError)
  expect(error).toMatchObject({
    step: 'Step',
    resource: `file ${folder}/a`,
    repair: 'Move it away, then run the command again.',
  })
})

test('a dry run plans around what does not exist yet', async () => {
  const nobody = { user: 'outpost-nobody-yet', group: 'outpost-nobody-yet' }
  const home = join(folder, 'home')
  const step = {
    title: 'Step',
    resources: [directory(home, { ...nobody, mode: 0o755 }), file(join(home, 'a'), 'x', { ...nobody, mode: 0o600 })],
  }
  expect(await applyStep(step, await options({ dryRun: true }))).toBe(2)
  expect(said).toContain('    - would create (outpost-nobody-yet:outpost-nobody-yet, 0755)')
  expect(readdirSync(folder)).toEqual([])
})

test('a full disk leaves the old file and nothing beside it', async ({ skip }) => {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    skip('without the right to mount there is no small disk to fill')
  }
  try {
    await apply(file(join(disk, 'a'), 'old', { ...ROOT, mode: 0o644 }))
    await expect(apply(file(join(disk, 'a'), 'x'.repeat(100_000), { ...ROOT, mode: 0o644 }))).rejects.toMatchObject({
      repair: 'Free some space, then run the command again.',
    })
    expect([readdirSync(disk), readFileSync(join(disk, 'a'), 'utf8')]).toEqual([['a'], 'old'])
  } finally {
    execFileSync('umount', [disk])
  }
})
