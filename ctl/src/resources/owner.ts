import { gidOf, uidOf } from './accounts.ts'
import { Problem } from '../cli/problem.ts'

/** Who owns a file, by name, and who may do what with it. */
export interface Owner {
  readonly user: string
  readonly group: string
  /** such as 0o755 */
  readonly mode: number
}

/** The numbers of an owner; undefined where an account does not exist (yet). */
export async function numbersOf(owner: Owner): Promise<{ uid: number | undefined; gid: number | undefined }> {
  return { uid: await uidOf(owner.user), gid: await gidOf(owner.group) }
}

/** Like numbersOf, for the moment in which they are needed. */
export async function demandNumbers(owner: Owner): Promise<{ uid: number; gid: number }> {
  const { uid, gid } = await numbersOf(owner)
  if (uid === undefined) throw missing('user', owner.user)
  if (gid === undefined) throw missing('group', owner.group)
  return { uid, gid }
}

function missing(kind: string, name: string): Problem {
  return new Problem(
    `The ${kind} ${name} does not exist.`,
    `Create it, or let outpost-ctl do so: manage_accounts['enable'] = true`,
  )
}

/** The lines that tell how owner and mode differ. */
export async function ownerChanges(owner: Owner, found: { uid: number; gid: number; mode: number }): Promise<string[]> {
  const { uid, gid } = await numbersOf(owner)
  const changes: string[] = []
  if (found.uid !== uid) changes.push(`change owner from ${found.uid} to ${owner.user}`)
  if (found.gid !== gid) changes.push(`change group from ${found.gid} to ${owner.group}`)
  if ((found.mode & 0o7777) !== owner.mode)
    changes.push(`change mode from ${octal(found.mode)} to ${octal(owner.mode)}`)
  return changes
}

/** A mode as administrators write it: 0755. */
export const octal = (mode: number): string => `0${(mode & 0o7777).toString(8).padStart(3, '0')}`
