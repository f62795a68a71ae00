import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { filesOf } from '../../packaging/files-of.ts'
import { Box } from './box.fixture.ts'

const exec = promisify(execFile)
const checkout = resolve(import.meta.dirname, '../..')
/** Packages of this checkout, kept from one run to the next. */
const CACHE = join(checkout, '.cache/package')
const SOURCES = ['server/src', 'server/migrations', 'ctl/src', 'mmctl/src', 'packaging', 'web/dist']

/** Two packages of this checkout, the second one an older version of the same program. */
export interface Packages {
  /** folder that holds both */
  readonly folder: string
  readonly current: string
  readonly older: string
}

const OLDER = '0.0.9'

/**
 * Builds the package, unless that of exactly these sources is there; several test files may ask at the same time.
 * OUTPOST_PACKAGES names a folder with both packages that are to be tested instead.
 */
export async function buildPackages(): Promise<Packages> {
  const folder = process.env.OUTPOST_PACKAGES ?? (await build(join(CACHE, digest())))
  const current = readdirSync(folder).find((name) => !name.startsWith(`outpost_${OLDER}_`))!
  return { folder, current, older: readdirSync(folder).find((name) => name !== current)! }
}

async function build(folder: string): Promise<string> {
  mkdirSync(CACHE, { recursive: true })
  const script = `[ -d ${folder} ] || exec ${process.execPath} --disable-warning=ExperimentalWarning ${import.meta.filename} ${folder}`
  await exec('flock', [join(CACHE, 'lock'), 'sh', '-c', script], { cwd: checkout, maxBuffer: 10_000_000 })
  return folder
}

function digest(): string {
  const hash = createHash('sha256')
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(checkout, file)))
  for (const folder of SOURCES) {
    const root = webFolder(folder)
    for (const path of existsSync(root) ? filesOf(root) : [])
      if (!path.endsWith('.test.ts')) hash.update(`${path}\0`).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex').slice(0, 16)
}

const webFolder = (folder: string): string =>
  folder === 'web/dist' && process.env.OUTPOST_WEB_DIST ? process.env.OUTPOST_WEB_DIST : join(checkout, folder)

/** ms after which nobody can be at work with the packages of other sources any more */
const STALE = 2 * 3_600_000

/** Makes both packages beside their place; those of earlier sources are thrown away. */
async function make(folder: string): Promise<void> {
  for (const name of readdirSync(CACHE)) {
    const isStale = statSync(join(CACHE, name)).mtimeMs < Date.now() - STALE
    if (name !== 'lock' && isStale) rmSync(join(CACHE, name), { recursive: true })
  }
  const draft = `${folder}.new`
  await exec(process.execPath, ['packaging/build-deb.ts', '--out', draft, '--compression', 'none'], { cwd: checkout })
  const [name] = readdirSync(draft)
  const tree = join(draft, 'tree')
  await exec('dpkg-deb', ['-R', join(draft, name!), tree])
  edit(join(tree, 'DEBIAN/control'), /^Version: .*/m, `Version: ${OLDER}`)
  const manifest = join(tree, 'opt/outpost/package.json')
  edit(manifest, /"version": ".*"/, `"version": "${OLDER}"`)
  const sum = createHash('md5').update(readFileSync(manifest)).digest('hex')
  edit(join(tree, 'DEBIAN/md5sums'), /^.*(?=  opt\/outpost\/package\.json$)/m, sum)
  const older = name!.replace(/_[^_]+_/, `_${OLDER}_`)
  await exec('dpkg-deb', ['--root-owner-group', '-Znone', '-b', tree, join(draft, older)])
  rmSync(tree, { recursive: true })
  renameSync(draft, folder)
}

function edit(path: string, from: RegExp, to: string): void {
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}

/** A bare machine with the packages below /mnt. */
export async function bareMachine(init?: 'sh' | 'systemd'): Promise<{ box: Box; packages: Packages }> {
  const packages = await buildPackages()
  return { box: await Box.create(packages.folder, init), packages }
}

/** A certificate of the administrator's own for the chat, where GitLab's package would look for it. */
export async function putCertificate(box: Box): Promise<void> {
  const subject = '-days 2 -subj /CN=chat.corp.test -addext subjectAltName=DNS:chat.corp.test'
  const key = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
  await box.succeed(`mkdir -p /etc/gitlab/ssl && chmod 755 /etc/gitlab/ssl && cd /etc/gitlab/ssl &&
    openssl req -x509 ${key} ${subject} -keyout chat.corp.test.key -out chat.corp.test.crt 2>/dev/null`)
}

if (process.argv[1] === import.meta.filename) await make(process.argv[2]!)
