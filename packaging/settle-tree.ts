import { chmodSync, lstatSync, lutimesSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Gives every file of the tree the same date and one of two modes, so that two builds of the same sources are the same
 * byte for byte, whoever builds and under whichever umask.
 */
export function settleTree(path: string, date: number): void {
  const found = lstatSync(path)
  if (found.isDirectory()) for (const name of readdirSync(path)) settleTree(join(path, name), date)
  if (!found.isSymbolicLink()) chmodSync(path, found.isDirectory() || (found.mode & 0o100) !== 0 ? 0o755 : 0o644)
  lutimesSync(path, date, date)
}
