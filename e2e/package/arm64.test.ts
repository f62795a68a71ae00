import { execFile } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { filesOf } from '../../packaging/files-of.ts'
import { buildPackages } from './package.fixture.ts'

// npm fetches what another kind of machine needs, and a package is built.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 600_000 })

/** What can be proved of the package for ARM without such a machine. */
const exec = promisify(execFile)
const checkout = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'outpost-arm64-'))
const trees = { amd64: join(folder, 'amd64'), arm64: join(folder, 'arm64') }

beforeAll(async () => {
  const packages = await buildPackages()
  const build = ['packaging/build-deb.ts', '--arch', 'arm64', '--out', folder, '--compression', 'none']
  await exec(process.execPath, build, { cwd: checkout, maxBuffer: 10_000_000 })
  const made = readdirSync(folder).find((name) => name.endsWith('.deb'))!
  if (!/^outpost_.*_arm64\.deb$/.test(made)) throw new Error(`the package is called ${made}`)
  await exec('dpkg-deb', ['-R', join(packages.folder, packages.current), trees.amd64])
  await exec('dpkg-deb', ['-R', join(folder, made), trees.arm64])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Machine code by its path, with the kind of machine that its head names (`e_machine` of ELF). */
function programs(tree: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const path of filesOf(tree)) {
    const head = Buffer.alloc(20)
    const file = openSync(join(tree, path), 'r')
    const length = readSync(file, head, 0, 20, 0)
    closeSync(file)
    if (length === 20 && head.subarray(0, 4).equals(Buffer.from('\x7fELF', 'latin1')))
      found.set(path, head.readUInt16LE(18))
  }
  return found
}

const [X86_64, AARCH64] = [62, 183]
/** Libraries name their machine code after the machine. */
const plain = (path: string): string => path.replaceAll('arm64', 'x64').replaceAll('aarch64', 'x64')

test.each([
  ['amd64', X86_64],
  ['arm64', AARCH64],
] as const)('every program in the package for %s is for that machine', (arch, machine) => {
  const found = programs(trees[arch])
  expect(found.get('opt/outpost/bin/node')).toBe(machine)
  // Node, the checks of passwords, and the pictures.
  expect(found.size).toBeGreaterThanOrEqual(3)
  expect([...found].filter(([, kind]) => kind !== machine)).toEqual([])
})

test('both packages hold the same files', () => {
  const files = (tree: string): string[] => filesOf(tree).map(plain).toSorted()
  expect(files(trees.arm64)).toEqual(files(trees.amd64))
  expect([...programs(trees.arm64).keys()].map(plain).toSorted()).toEqual([...programs(trees.amd64).keys()].toSorted())
})

test('both ask for the same packages of the distribution', async () => {
  const [amd64, arm64] = await Promise.all(
    Object.values(trees).map(async (tree) => (await exec('cat', [join(tree, 'DEBIAN/control')])).stdout),
  )
  const same = (control: string): string => control.replace(/^(Architecture|Installed-Size): .*$/gm, '$1')
  expect(arm64).toMatch(/^Architecture: arm64$/m)
  expect(same(arm64!)).toBe(same(amd64!))
})
