import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Architecture } from './architectures.ts'
import { filesOf } from './files-of.ts'

/** The checkout that the package is built from. */
export const checkout = join(import.meta.dirname, '..')

/** Version of this checkout. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string }).version
}

export interface Staging {
  /** becomes / of the machine */
  readonly root: string
  /** the libraries, see installModules; they are moved from there */
  readonly modules: string
  readonly arch: Architecture
  readonly version: string
  /** seconds since 1970 */
  readonly date: number
}

/** Lays out what the package holds below /opt/outpost and /usr. */
export function stage({ root, modules, arch, version, date }: Staging): void {
  const home = join(root, 'opt/outpost')
  for (const path of ['server/src', 'server/migrations', 'ctl/src', 'mmctl/src', 'LICENSE'])
    cpSync(join(checkout, path), join(home, path), { recursive: true, filter: isShipped })
  rmSync(join(home, 'mmctl/src/testing'), { recursive: true, force: true })
  const web = resolve(process.env.OUTPOST_WEB_DIST ?? join(checkout, 'web/dist'))
  cpSync(web, join(home, 'web/dist'), { recursive: true, filter: isShipped })
  for (const part of ['server', 'ctl', 'mmctl'])
    cpSync(join(checkout, part, 'package.json'), join(home, part, 'package.json'))
  cpSync(join(import.meta.dirname, 'files'), root, { recursive: true })
  renameSync(join(modules, `node-linux-${arch.node}/bin/node`), join(home, 'bin/node'))
  rmSync(join(modules, `node-linux-${arch.node}`), { recursive: true })
  renameSync(modules, join(home, 'node_modules'))
  for (const name of ['outpost-ctl', 'outpost-psql', 'mmctl']) link(root, name)
  completion(root)
  const released = `${version.replace(/[~+].*/, '')}+${digest(home)}`
  writeFileSync(join(home, 'package.json'), json({ name: 'outpost', version: released, private: true, type: 'module' }))
  writeFileSync(join(home, 'build.json'), json(origin(date)))
}

/** Tests, what only tests use, and what the build of the web client keeps for itself stay behind. */
function isShipped(path: string): boolean {
  return !/(\.test|\.fixture|-fixtures|-testkit)\.(tsx?|json)$|\/__snapshots__$|\/\.(vite|built)$/.test(path)
}

function link(root: string, name: string): void {
  mkdirSync(join(root, 'usr/bin'), { recursive: true })
  symlinkSync(`../../opt/outpost/bin/${name}`, join(root, 'usr/bin', name))
}

/** The script that mmctl prints for bash, where bash looks for it. */
function completion(root: string): void {
  const path = join(root, 'usr/share/bash-completion/completions/mmctl')
  mkdirSync(dirname(path), { recursive: true })
  const words = ['--disable-warning=ExperimentalWarning', 'mmctl/src/main.ts', 'completion', 'bash']
  writeFileSync(path, execFileSync(process.execPath, words, { cwd: checkout }))
}

/**
 * Names what the package runs. It is a part of the version that the service writes down, so that an upgrade restarts
 * what runs exactly when something of it has changed.
 */
function digest(folder: string): string {
  const hash = createHash('sha256')
  for (const path of filesOf(folder))
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(folder, path)))
      .update('\0')
  return hash.digest('hex').slice(0, 8)
}

/** What `mmctl version` tells. A checkout without history says nothing of commits. */
function origin(date: number): Record<string, string> {
  const built = new Date(date * 1000).toISOString()
  try {
    const quietly = { cwd: checkout, encoding: 'utf8', stdio: 'pipe' } as const
    const git = (...args: string[]): string => execFileSync('git', args, quietly).trim()
    const commitDate = new Date(Number(git('log', '-1', '--format=%ct')) * 1000).toISOString()
    return { date: built, commit: git('rev-parse', 'HEAD'), commit_date: commitDate }
  } catch {
    return { date: built }
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
