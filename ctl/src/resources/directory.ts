import { chmod, chown, lchown, lstat, mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Problem } from '../cli/problem.ts'
import { demandNumbers, octal, ownerChanges, type Owner } from './owner.ts'
import type { Plan, Resource } from './resource.ts'

export interface DirectoryOptions {
  /**
   * When the owner changes from one account to another, what is inside follows: everything that belonged to the old
   * one. What was root's stays root's, because such a folder may be shared with others.
   */
  readonly withContents?: boolean
}

/** A directory with owner and mode. Missing parents are made as root's, 0755. */
export function directory(path: string, owner: Owner, options: DirectoryOptions = {}): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    const found = await lstat(path).catch(ignoreMissing)
    if (!found) return createPlan(path, owner)
    if (found.isSymbolicLink()) return linkedPlan(path, owner, options)
    if (!found.isDirectory()) throw notADirectory(path)
    return changePlan(path, owner, found, options)
  }
  return { name: `directory ${path}`, plan }
}

function createPlan(path: string, owner: Owner): Plan {
  const apply = async (): Promise<void> => {
    const { uid, gid } = await demandNumbers(owner)
    await mkdir(dirname(path), { recursive: true, mode: 0o755 })
    await mkdir(path, { mode: owner.mode & 0o700 })
    await chown(path, uid, gid)
    await chmod(path, owner.mode)
  }
  return { changes: [`create (${owner.user}:${owner.group}, ${octal(owner.mode)})`], apply }
}

/** Data on another disk behind a link stays there; the link itself is the administrator's. */
async function linkedPlan(path: string, owner: Owner, options: DirectoryOptions): Promise<Plan | undefined> {
  const { stat, realpath } = await import('node:fs/promises')
  const target = await stat(path).catch(ignoreMissing)
  if (!target)
    throw new Problem(`${path} is a link to a place that does not exist.`, 'Create its target or remove the link.')
  if (!target.isDirectory()) throw notADirectory(path)
  return changePlan(await realpath(path), owner, target, options)
}

async function changePlan(
  path: string,
  owner: Owner,
  found: { uid: number; gid: number; mode: number },
  { withContents = false }: DirectoryOptions,
): Promise<Plan | undefined> {
  const changes = await ownerChanges(owner, found)
  if (changes.length === 0) return undefined
  const apply = async (): Promise<void> => {
    const { uid, gid } = await demandNumbers(owner)
    if (withContents && found.uid !== 0 && found.uid !== uid) await handOver(path, found.uid, uid)
    await chmod(path, owner.mode)
    // Last, because it is what the next run looks at if this one is cut off.
    await chown(path, uid, gid)
  }
  return { changes, apply }
}

async function handOver(folder: string, from: number, to: number): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await handOver(path, from, to)
    const { uid, gid } = await lstat(path)
    if (uid === from) await lchown(path, to, gid)
  }
}

/** Gives what is inside and belongs to one group to another one. A folder that is not there has nothing inside. */
export async function changeGroups(folder: string, from: number, to: number): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await changeGroups(path, from, to)
    const { uid, gid } = await lstat(path)
    if (gid === from) await lchown(path, uid, to)
  }
}

function notADirectory(path: string): Problem {
  return new Problem(`${path} is not a directory.`, 'Move the file away, then run the command again.')
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
