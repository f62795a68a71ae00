import { isInlineType, servedType } from './mime.ts'

/** Headers of GET and HEAD on files, previews and thumbnails, as Mattermost sends them; Content-Length is the route's. */
export function downloadHeaders(file: {
  name: string
  mimeType: string
  /** ms; files never change, so this is create_at or the time of the stored file. */
  modifiedAt: number
  /** The query asked for `download`. */
  download?: boolean
}): Record<string, string> {
  return {
    'Cache-Control': 'private, max-age=86400',
    'Content-Type': servedType(file.mimeType),
    'Content-Disposition': contentDisposition(file.name, !file.download && isInlineType(file.mimeType)),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Content-Security-Policy': "Frame-ancestors 'none'",
    'Accept-Ranges': 'bytes',
    'Last-Modified': new Date(file.modifiedAt).toUTCString(),
  }
}

/** A Content-Disposition that is plain ASCII whatever the name: percent-encoded as `filename` and as `filename*`. */
export function contentDisposition(name: string, inline: boolean): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${inline ? 'inline' : 'attachment'}; filename="${encoded}"; filename*=UTF-8''${encoded}`
}

/**
 * What a Range header asks of a file of `size` bytes: `{start, end}` (both inclusive) for a 206, `unsatisfiable` for a 416
 * with `Content-Range: bytes *\/size`, or null for the whole file: no header, another unit, not well-formed, or several ranges
 * (allowed to be ignored, and a way to make a server send a file many times over).
 */
export function parseRange(header: unknown, size: number): { start: number; end: number } | 'unsatisfiable' | null {
  const match = typeof header === 'string' ? /^bytes=\s*(\d{0,16})-(\d{0,16})\s*$/i.exec(header) : null
  if (!match || (match[1] === '' && match[2] === '')) return null
  const last = size - 1
  if (match[1] === '') {
    const length = Number(match[2])
    return length === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: last }
  }
  const start = Number(match[1])
  const end = match[2] === '' ? last : Math.min(Number(match[2]), last)
  if (match[2] !== '' && Number(match[2]) < start) return null
  return start > last ? 'unsatisfiable' : { start, end }
}

/** Whether a Range may be honoured: If-Range is missing, or names the present entity. A weak tag never does. */
export function rangeStillValid(ifRange: unknown, entity: { etag?: string; modifiedAt?: number }): boolean {
  if (ifRange === undefined) return true
  if (typeof ifRange !== 'string' || ifRange === '' || ifRange.startsWith('W/')) return false
  if (entity.etag !== undefined && ifRange === entity.etag) return true
  const seconds = Math.floor((entity.modifiedAt ?? Number.NaN) / 1000)
  return Date.parse(ifRange) / 1000 === seconds
}

/**
 * Whether to answer 304. Mattermost's tags are unquoted and compared as raw strings, so lists and `*` do not count.
 * If-None-Match, when sent, overrules If-Modified-Since.
 */
export function isNotModified(
  headers: { 'if-none-match'?: unknown; 'if-modified-since'?: unknown },
  entity: { etag?: string; modifiedAt?: number },
): boolean {
  const tag = headers['if-none-match']
  if (tag !== undefined) return entity.etag !== undefined && tag === entity.etag
  const since = headers['if-modified-since']
  if (typeof since !== 'string' || entity.modifiedAt === undefined) return false
  return Math.floor(entity.modifiedAt / 1000) * 1000 <= Date.parse(since)
}
