import type { IncomingMessage } from 'node:http'
import { type Readable, pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { OutgoingError } from './outgoing-error.ts'

/** What happens to a body over the limit: the request fails, or the beginning is kept. */
export type Overflow = 'fail' | 'cut'

/** Room for the packaging of a compressed body that is just within the limit. */
const SLACK = 64 * 1024
const FIRST_ROOM = 16 * 1024

/**
 * Reads a body, decompressed, up to `maxBytes`. The limit counts what comes out of decompression, chunk by chunk, so a
 * bomb stops at the limit; and what goes in, so that a compressed stream of nothing stops too. Throws `too_large`,
 * `encoding` for an unknown or nested compression or a broken one, `network` when the other side hangs up early.
 */
export async function readBody(
  response: IncomingMessage,
  maxBytes: number,
  overflow: Overflow,
): Promise<{ body: Buffer; truncated: boolean }> {
  const encoding = contentEncoding(response)
  const declared = Number(response.headers['content-length'] ?? 0)
  if (overflow === 'fail' && encoding === '' && declared > maxBytes) throw tooLarge(maxBytes)
  let arrived = 0
  const count = (chunk: Buffer) => {
    arrived += chunk.length
    if (arrived > maxBytes + SLACK) response.destroy(tooLarge(maxBytes))
  }
  if (encoding !== '') response.on('data', count)
  let kept: Buffer = Buffer.allocUnsafe(Math.min(maxBytes, FIRST_ROOM))
  let size = 0
  try {
    for await (const chunk of decoded(response, encoding) as AsyncIterable<Buffer>) {
      if (size + chunk.length > maxBytes && overflow === 'fail') throw tooLarge(maxBytes)
      kept = withRoom(kept, size, Math.min(size + chunk.length, maxBytes), maxBytes)
      const copied = chunk.copy(kept, size, 0, maxBytes - size)
      size += copied
      if (copied < chunk.length) return { body: kept.subarray(0, size), truncated: true }
    }
  } catch (error) {
    throw asOutgoing(error)
  }
  return { body: kept.subarray(0, size), truncated: false }
}

/**
 * One growing buffer instead of a list of chunks: an attacker could send a body in pieces of one byte, and a piece costs
 * hundreds of bytes of memory.
 */
function withRoom(kept: Buffer, used: number, needed: number, maxBytes: number): Buffer {
  if (needed <= kept.length) return kept
  const grown = Buffer.allocUnsafe(Math.min(maxBytes, Math.max(needed, kept.length * 2)))
  kept.copy(grown, 0, 0, used)
  return grown
}

function contentEncoding(response: IncomingMessage): string {
  const names = (response.headers['content-encoding'] ?? '').toLowerCase().split(',')
  const real = names.map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity')
  if (real.length > 1) throw new OutgoingError('encoding', 'compressed more than once')
  return real[0] ?? ''
}

function decoded(response: IncomingMessage, encoding: string): Readable {
  if (encoding === '') return response
  const decoder = makeDecoder(encoding)
  // Errors of the response reach the reader through the decoder.
  pipeline(response, decoder, () => {})
  return decoder
}

function makeDecoder(encoding: string) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip()
  if (encoding === 'br') return createBrotliDecompress()
  if (encoding === 'deflate') return createInflate()
  throw new OutgoingError('encoding', `unknown compression ${encoding.slice(0, 40)}`)
}

function tooLarge(maxBytes: number): OutgoingError {
  return new OutgoingError('too_large', `the answer is larger than ${maxBytes} bytes`)
}

function asOutgoing(error: unknown): OutgoingError {
  if (error instanceof OutgoingError) return error
  const code = (error as { code?: unknown }).code
  const broken = typeof code === 'string' && /^(Z_|ERR_BROTLI|ERR__ERROR|ERR_PADDING)/.test(code)
  return new OutgoingError(broken ? 'encoding' : 'network', 'the body cannot be read', error)
}
