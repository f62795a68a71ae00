import type { Readable } from 'node:stream'
import { createGzip, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Answers below this size (bytes) are not worth compressing. */
const COMPRESS_FROM = 1024

/** `gzip` or `*` in an Accept-Encoding header, unless its weight is 0. */
const ACCEPTS_GZIP = /(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?(?:,|$)/i

/**
 * Allows compressed answers (ServiceSettings.WebserverMode). Done here and not by a plug-in, which would give every
 * request, compressed or not, two hooks to pass.
 */
export function allowCompression(server: FastifyInstance, isAllowed: boolean): void {
  server.decorateReply('mayCompress', isAllowed)
}

/** Whether an answer of `size` bytes is to be compressed for whoever asked. */
export function isCompressed(reply: FastifyReply, size: number): boolean {
  const accepted = reply.request.headers['accept-encoding']
  if (size < COMPRESS_FROM || accepted === undefined) return false
  if (!(reply as FastifyReply & { mayCompress?: boolean }).mayCompress) return false
  reply.header('Vary', [reply.getHeader('Vary'), 'accept-encoding'].filter(Boolean).join(', '))
  return ACCEPTS_GZIP.test(accepted.toString())
}

/** Compresses a text beside the event loop. */
export function compressed(text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gzip(text, (error, bytes) => (error ? reject(error) : resolve(bytes)))
  })
}

/** Sends a stream of unknown length, compressed where that is wanted. */
export function sendStream(reply: FastifyReply, type: string, stream: Readable): void {
  reply.header('Content-Type', type)
  if (!isCompressed(reply, Infinity)) return void reply.send(stream)
  const gzipped = createGzip()
  stream.on('error', (error) => gzipped.destroy(error))
  gzipped.on('close', () => stream.destroy())
  reply.header('Content-Encoding', 'gzip').send(stream.pipe(gzipped))
}
