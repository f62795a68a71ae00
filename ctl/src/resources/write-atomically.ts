import { randomBytes } from 'node:crypto'
import { open, readdir, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

export interface Ownership {
  readonly uid: number
  readonly gid: number
  readonly mode: number
}

/**
 * Replaces a file in one step: whoever reads it sees the old text or the new one, with the new owner and mode from
 * the first moment, and so does the disk after a power cut.
 */
export async function writeAtomically(
  path: string,
  text: string | Buffer,
  { uid, gid, mode }: Ownership,
): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.chown(uid, gid)
      await handle.chmod(mode)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw error
  }
  await syncFolder(folder)
}

/** Makes renames and removals in a folder last. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  // Some file systems cannot sync a folder; its files are safe by then.
  await handle.sync().catch(() => undefined)
  await handle.close()
}

const LEFTOVER = /^\..+\.[0-9a-f]{12}\.tmp$/

/** Removes what a killed run left half written in a folder. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    if (LEFTOVER.test(name)) await unlink(join(folder, name)).catch(() => undefined)
}
