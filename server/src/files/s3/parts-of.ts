import { createHash } from 'node:crypto'
import type { FileData } from '../file-store.ts'
import { chunksOf } from '../file-data.ts'
import type { Body } from './s3-client.ts'

/** One part of data on its way; `last` also for the only one. */
export type Part = Body & { last: boolean }

/**
 * Cuts data into parts of exactly `partBytes`, the last one shorter (some storages want them alike); empty data is one
 * empty part. Never more than one part is held, and the source rests while a part is being sent. `keepBroken`: when
 * the source breaks off, what arrived is still handed on as a part, and then its error thrown.
 */
export async function* partsOf(data: FileData, partBytes: number, keepBroken = false): AsyncGenerator<Part> {
  let part = emptyPart()
  try {
    for await (const chunk of chunksOf(data)) {
      for (let rest = chunk; rest.length > 0;) {
        // Only now it is known that the full part is not the last one.
        if (part.size === partBytes) {
          yield finished(part, false)
          part = emptyPart()
        }
        const piece = rest.subarray(0, partBytes - part.size)
        part.chunks.push(piece)
        part.size += piece.length
        part.hash.update(piece)
        rest = rest.subarray(piece.length)
      }
    }
  } catch (error) {
    if (keepBroken && part.size > 0) yield finished(part, true)
    throw error
  }
  yield finished(part, true)
}

const emptyPart = () => ({ chunks: [] as Uint8Array[], size: 0, hash: createHash('sha256') })

const finished = ({ chunks, size, hash }: ReturnType<typeof emptyPart>, last: boolean): Part => ({
  chunks,
  size,
  sha256: hash.digest('hex'),
  last,
})
