import { chmod, chown, lstat, readFile, readlink, rename, rm, symlink } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { Problem } from '../cli/problem.ts'
import { demandNumbers, octal, ownerChanges, type Owner } from './owner.ts'
import type { Plan, Resource, Trigger } from './resource.ts'
import { tryCommand } from './run-command.ts'
import { removeLeftovers, syncFolder, writeAtomically } from './write-atomically.ts'

export interface FileOptions {
  readonly triggers?: readonly Trigger[]
  /** an existing file keeps its text, whatever it is; only owner and mode are looked after */
  readonly once?: boolean
}

/** A file with this text, owner and mode. The text of a file that others may not read is never shown. */
export function file(path: string, text: string, owner: Owner, options: FileOptions = {}): Resource {
  return { name: `file ${path}`, plan: () => planFile(path, text, owner, options) }
}

async function planFile(path: string, text: string, owner: Owner, options: FileOptions): Promise<Plan | undefined> {
  const { triggers, once = false } = options
  const found = await lstat(path).catch(ignoreMissing)
  if (found?.isDirectory()) throw new Problem(`${path} is a directory.`, 'Move it away, then run the command again.')
  const write = async (): Promise<void> => {
    await removeLeftovers(dirname(path))
    await writeAtomically(path, text, { ...(await demandNumbers(owner)), mode: owner.mode })
  }
  if (!found) {
    const difference = await differenceOf('', text, owner)
    return {
      changes: [`create (${owner.user}:${owner.group}, ${octal(owner.mode)})`],
      difference,
      triggers,
      apply: write,
    }
  }
  const old = await readFile(path, 'utf8').catch(ignoreMissing)
  const changes = await ownerChanges(owner, found)
  if (old === text || (once && old !== undefined))
    return changes.length > 0 ? permissionsPlan(path, owner, changes) : undefined
  return {
    changes: ['change content', ...changes],
    difference: await differenceOf(old ?? '', text, owner),
    triggers,
    apply: write,
  }
}

/** Owner and mode alone concern no running service. */
function permissionsPlan(path: string, owner: Owner, changes: string[]): Plan {
  const apply = async (): Promise<void> => {
    const { uid, gid } = await demandNumbers(owner)
    await chown(path, uid, gid)
    await chmod(path, owner.mode)
  }
  return { changes, apply }
}

async function differenceOf(old: string, text: string, { mode }: Owner): Promise<string | undefined> {
  if ((mode & 0o004) === 0 || old === '') return undefined
  const { writeFile, mkdtemp } = await import('node:fs/promises')
  const { tmpdir } = await import('node:os')
  const folder = await mkdtemp(`${tmpdir()}/outpost-difference-`)
  try {
    await writeFile(`${folder}/old`, old)
    const { stdout } = await tryCommand('diff', ['-U1', `${folder}/old`, '-'], { input: text })
    return stdout.split('\n').slice(2).join('\n').trimEnd()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A symbolic link. An existing one is replaced in one step; anything else in its place is not touched. */
export function link(path: string, target: string, triggers: readonly Trigger[] = []): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    const found = await lstat(path).catch(ignoreMissing)
    if (found && !found.isSymbolicLink())
      throw new Problem(`${path} is not a symbolic link.`, 'Move it away, then run the command again.')
    const old = found && (await readlink(path))
    if (old === target) return undefined
    const apply = async (): Promise<void> => {
      const temporary = `${dirname(path)}/.link.${randomBytes(6).toString('hex')}.tmp`
      await removeLeftovers(dirname(path))
      await symlink(target, temporary)
      await rename(temporary, path)
      await syncFolder(dirname(path))
    }
    return { changes: [`${old ? `change from ${old}` : 'create'} to ${target}`], triggers, apply }
  }
  return { name: `link ${path}`, plan }
}

/** No file or link at this place. Directories are left alone. */
export function absent(path: string, triggers: readonly Trigger[] = []): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    const found = await lstat(path).catch(ignoreMissing)
    if (!found || found.isDirectory()) return undefined
    const apply = async (): Promise<void> => {
      await rm(path, { force: true })
      await syncFolder(dirname(path))
    }
    return { changes: ['remove'], triggers, apply }
  }
  return { name: `file ${path}`, plan }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
}
