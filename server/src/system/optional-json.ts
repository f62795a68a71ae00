import type { IncomingMessage } from 'node:http'
import { drain } from '../files/form-parts.ts'
import { generalError } from '../http/errors.ts'
import { parseJson } from '../http/body.ts'

const MAX_BYTES = 1024 * 1024

/** The JSON body of a raw route that may be left out: undefined for none and for `null`. Throws 413 beyond a megabyte, 400. */
export async function optionalJson(raw: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  // The answer travels on the same connection, so a body that is refused is not cut off.
  for await (const chunk of raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BYTES) {
      drain(raw)
      throw generalError('api.context.request_body_too_large.app_error')
    }
    chunks.push(chunk)
  }
  return size === 0 ? undefined : (parseJson(Buffer.concat(chunks)) ?? undefined)
}
