import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { AppError, generalError } from '../http/errors.ts'
import type { FormRequest } from '../http/form-request.ts'
import { fileError } from './files.errors.ts'

/** One part of a multipart form. The data of a file must be read to its end, or the form be left. */
export type FormPart =
  | { readonly kind: 'field'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'file'; readonly name: string; readonly filename: string; readonly data: AsyncIterable<Buffer> }

/** Characters of a field; longer ones are cut, and then mean nothing (errors.md, "Limits"). */
const MAX_FIELD = 10 * 1024
/** What boundaries, headers and fields may add to the files of a form. */
const OVERHEAD = 64 * 1024
const LIMITS = { fieldSize: MAX_FIELD, fieldNameSize: 200, fields: 100, files: 50, parts: 120, headerPairs: 20 }
/** How long the rest of a refused request may take, so that its sender gets to read the answer. */
const DRAIN_MS = 10_000

/**
 * The parts of a multipart request in the order they come, nothing kept in memory. A request of more than `maxBytes` in
 * all is refused with 413 wherever the surplus stands (also before the first or behind the last part), a malformed or
 * broken-off one with 400. However the caller leaves the loop, the rest of the request is let go.
 */
export async function* formParts(request: FormRequest, maxBytes: number): AsyncGenerator<FormPart> {
  const { raw } = request
  const limit = maxBytes + OVERHEAD
  const overflow = Promise.withResolvers<never>()
  overflow.promise.catch(() => {})
  let current: Readable | undefined
  let seen = 0
  const count = (chunk: Buffer): void => {
    seen += chunk.length
    if (seen <= limit) return
    raw.off('data', count)
    const error = tooLarge()
    overflow.reject(error)
    raw.unpipe()
    current?.destroy(error)
    raw.resume()
  }
  try {
    if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge()
    const parts = request.parts({ limits: { ...LIMITS, fileSize: Infinity } })
    for (;;) {
      const next = parts.next() // the first call connects the parser, and only then bytes may be let flow
      if (raw.listenerCount('data', count) === 0 && seen <= limit) raw.on('data', count)
      const { done, value } = await Promise.race([next, overflow.promise])
      if (done) return
      current = value.type === 'file' ? value.file : undefined
      yield partOf(value)
    }
  } catch (error) {
    throw asFormError(error)
  } finally {
    raw.off('data', count)
    drain(raw)
  }
}

type Parsed = FormRequest['parts'] extends (...args: never[]) => AsyncIterableIterator<infer P> ? P : never

function partOf(part: Parsed): FormPart {
  if (part.type === 'file') {
    return { kind: 'file', name: part.fieldname, filename: part.filename ?? '', data: dataOf(part.file) }
  }
  return { kind: 'field', name: part.fieldname, value: part.valueTruncated ? undefined : part.value }
}

/** The bytes of a file; trouble of the form is told as such. */
async function* dataOf(file: Readable): AsyncGenerator<Buffer> {
  try {
    yield* file.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  } catch (error) {
    throw asFormError(error)
  }
}

const tooLarge = () => generalError('api.context.request_body_too_large.app_error')

/** What to answer when storing an upload failed: 400 when its sender went away, everything else stays what it is. */
export function asUploadError(raw: IncomingMessage, error: unknown): unknown {
  if (error instanceof AppError || raw.complete) return error
  return fileError('api.file.upload_file.read_request.app_error', {}, String(error))
}

function asFormError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if ((error as { statusCode?: number } | null)?.statusCode === 413) return tooLarge()
  return fileError('api.file.upload_file.read_request.app_error', {}, String(error))
}

/** Lets what is left of a request run into nothing; whoever goes on sending for long is cut off. */
export function drain(raw: IncomingMessage): void {
  if (raw.complete || raw.destroyed) return
  raw.unpipe()
  raw.on('error', () => {})
  raw.resume()
  const timer = setTimeout(() => raw.destroy(), DRAIN_MS).unref()
  raw.once('close', () => clearTimeout(timer))
}

/** A form of a few fields and one file that fits in memory. */
export interface SmallForm {
  /** field values: text, or what the sender declared to be JSON */
  readonly fields: ReadonlyMap<string, unknown>
  /** the file of the wanted name, null if there was none */
  readonly file: Buffer | null
}

/**
 * Reads a form whose file `fileField` is kept in memory (pictures). Throws `tooLarge()` for one beyond `maxBytes`, 400 for
 * a request that is no proper form.
 */
export async function readSmallForm(
  request: FormRequest,
  fileField: string,
  maxBytes: number,
  tooLargeError: () => AppError,
): Promise<SmallForm> {
  if (!request.isMultipart()) {
    drain(request.raw)
    throw fileError('api.file.upload_file.read_request.app_error', {}, 'not multipart/form-data')
  }
  const fields = new Map<string, unknown>()
  let file: Buffer | null = null
  // A little more may come than is kept, so that the sender learns what was too large.
  for await (const part of formParts(request, maxBytes * 2)) {
    if (part.kind === 'field') fields.set(part.name, part.value)
    else if (part.name === fileField && !file) file = await collect(part.data, maxBytes, tooLargeError)
    else for await (const _ of part.data);
  }
  return { fields, file }
}

async function collect(data: AsyncIterable<Buffer>, maxBytes: number, tooLargeError: () => AppError): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of data) {
    size += chunk.length
    if (size > maxBytes) throw tooLargeError()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
