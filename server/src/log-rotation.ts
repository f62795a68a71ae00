import { renameSync, statSync } from 'node:fs'
import type { SonicBoom } from 'sonic-boom'

const MEGABYTE = 1024 * 1024

/** When a log file is full (bytes), and how many full ones stay beside it. The reference begins anew at the same size. */
export interface Rotation {
  readonly limit: number
  readonly kept: number
}

const ROTATION: Rotation = { limit: 100 * MEGABYTE, kept: 5 }

/** Keeps a log from filling the disk: a full file becomes `<path>.1`, older ones move up by one, the oldest is overwritten. */
export function rotateWhenFull(file: SonicBoom, path: string, { limit, kept }: Rotation = ROTATION): void {
  let size = sizeOf(path)
  file.on('write', (bytes: number) => {
    size += bytes
    if (size < limit) return
    // Somebody else may have cut it off or moved it, as logrotate does.
    size = sizeOf(path)
    if (size < limit) return
    for (let older = kept - 1; older > 0; older--) move(`${path}.${older}`, `${path}.${older + 1}`)
    move(path, `${path}.1`)
    size = 0
    file.reopen()
  })
}

/** What cannot be moved stays where it is: the next lines matter more than the order of the old ones. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch {
    // Not there yet, or not ours to move.
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
