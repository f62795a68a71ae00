import { FileStoreError } from '../file-store.ts'

const MAX_KEY_BYTES = 1024 // of S3

/**
 * The key of a stored path below `prefix`, as Mattermost makes it. Throws `invalid_path` for whatever could leave the
 * prefix or mean something else on another storage: `..`, an absolute path, NUL, a lone surrogate, a value that is not
 * text, more than 1024 bytes. `.` and empty parts are dropped.
 */
export function objectKey(prefix: string, path: string): string {
  const refuse = (why: string) => new FileStoreError('invalid_path', `refused path ${JSON.stringify(path)}: ${why}`)
  if (typeof path !== 'string') throw refuse('not a string')
  if (path.includes('\0')) throw refuse('contains NUL')
  if (path.startsWith('/')) throw refuse('absolute')
  if (!path.isWellFormed()) throw refuse('not well-formed')
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.length === 0) throw refuse('empty')
  if (parts.includes('..')) throw refuse('contains ..')
  const key = (prefix === '' || prefix === '/' ? prefix : `${prefix}/`) + parts.join('/')
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw refuse('too long')
  return key
}

/** A key as it stands in an address: every part encoded as the signature wants it, slashes kept. */
export function encodeKey(key: string): string {
  return key.split('/').map(encodePart).join('/')
}

const encodePart = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
