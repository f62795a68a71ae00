/** Builds the Debian package of this checkout. Started by packaging/build, which sees to dependencies and web client. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { architectures, type Architecture } from './architectures.ts'
import { writeControl } from './control.ts'
import { writeNotices } from './notices.ts'
import { installModules } from './modules.ts'
import { settleTree } from './settle-tree.ts'
import { checkout, readVersion, stage } from './stage.ts'

const USAGE = 'Usage: packaging/build [--arch amd64|arm64] [--out DIR] [--version VERSION] [--compression xz|zstd|none]'

interface Options {
  readonly arch: Architecture
  readonly out: string
  readonly version: string
  readonly compression: string
}

/** Everything that can be wrong with the command line is said before a file is written. */
function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      arch: { type: 'string', default: process.arch === 'arm64' ? 'arm64' : 'amd64' },
      out: { type: 'string', default: '.' },
      version: { type: 'string', default: readVersion() },
      compression: { type: 'string', default: 'xz' },
    },
  })
  const arch = architectures.find(({ debian }) => debian === values.arch)
  if (!arch) throw new Error(`There is no package for ${values.arch}.`)
  if (!/^\d[\w.~+-]*$/.test(values.version)) throw new Error(`${values.version} is no version that Debian knows.`)
  if (!['xz', 'zstd', 'none'].includes(values.compression)) throw new Error(`${values.compression} is no compression.`)
  const out = resolve(process.env.OUTPOST_CALLED_FROM ?? '.', values.out)
  return { arch, out, version: values.version, compression: values.compression }
}

/** Seconds since 1970 that every file is dated with: given, or the time of the last commit. */
function sourceDate(): number {
  const given = Number(process.env.SOURCE_DATE_EPOCH)
  if (Number.isSafeInteger(given) && given > 0) return given
  try {
    const quietly = { cwd: checkout, encoding: 'utf8', stdio: 'pipe' } as const
    return Number(execFileSync('git', ['log', '-1', '--format=%ct'], quietly))
  } catch {
    // Sources without their history: the licence's year is as good as any.
    return Date.UTC(2026, 0, 1) / 1000
  }
}

/** Makes the package in a folder of its own and moves it to its place when it is complete. Answers its path. */
function build({ arch, out, version, compression }: Options): string {
  const work = mkdtempSync(join(tmpdir(), 'outpost-deb-'))
  try {
    const root = join(work, 'root')
    const modules = installModules(join(work, 'modules'), arch)
    // Before the libraries are moved to their place.
    writeNotices(join(root, 'usr/share/doc/outpost'), modules)
    stage({ root, modules, arch, version, date: sourceDate() })
    writeControl({ root, arch, version })
    settleTree(root, sourceDate())
    const name = `outpost_${version}_${arch.debian}.deb`
    const env = { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate()) }
    const options = ['--root-owner-group', `-Z${compression}`, '--build', root, join(work, name)]
    execFileSync('dpkg-deb', options, { env, stdio: ['ignore', 'ignore', 'inherit'] })
    mkdirSync(out, { recursive: true })
    const draft = join(out, `.${name}.new`)
    execFileSync('cp', [join(work, name), draft])
    renameSync(draft, join(out, name))
    return join(out, name)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

try {
  const path = build(readOptions())
  const megabytes = (readFileSync(path).length / 1_000_000).toFixed(0)
  process.stdout.write(`${path} (${megabytes} MB)\n`)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n${USAGE}\n`)
  process.exitCode = 1
}
