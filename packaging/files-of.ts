import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/** The files below a folder by their paths from there, in order; hidden ones too, links and folders not. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted()
}
