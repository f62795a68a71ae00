import type { Readable } from 'node:stream'
import type { FileData } from './file-store.ts'

/** Chunks of `data`; a text chunk counts as UTF-8. */
export async function* chunksOf(data: FileData): AsyncGenerator<Uint8Array> {
  if (data instanceof Uint8Array) yield data
  else
    for await (const chunk of data as AsyncIterable<Uint8Array | string>)
      yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
}

/** Ends a stream nobody will read any more, so that its source is let go, then throws `error`. */
export function discard(data: FileData, error: unknown): never {
  const stream = data as Partial<Readable>
  if (typeof stream.destroy === 'function') {
    stream.on?.('error', () => {})
    stream.destroy()
  }
  throw error
}
