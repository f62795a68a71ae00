import type { FileStoreErrorCode } from '../file-store.ts'
import { FileStoreError } from '../file-store.ts'
import { OutgoingError } from '../../outgoing/outgoing-error.ts'
import { text } from './s3-xml.ts'

/** An answer of the storage that is no success. */
export class S3Error extends Error {
  readonly status: number
  /** S3's own name for it, such as `NoSuchKey`; '' where the answer had no body */
  readonly code: string
  /** the region that the storage says the bucket lies in; '' if it did not say */
  readonly region: string

  constructor(status: number, xml: string, region = '') {
    const code = text(xml, 'Code')
    super(`the storage answered ${status}${code ? ` ${code}: ${text(xml, 'Message').slice(0, 300)}` : ''}`)
    this.name = 'S3Error'
    this.status = status
    this.code = code
    this.region = region || text(xml, 'Region')
  }
}

const CODES: Record<string, FileStoreErrorCode> = {
  NoSuchKey: 'not_found',
  NoSuchBucket: 'no_bucket',
  EntityTooLarge: 'too_large',
  QuotaExceeded: 'full',
  XMinioStorageFull: 'full',
  AccessDenied: 'denied',
  AllAccessDisabled: 'denied',
  ExpiredToken: 'denied',
  InvalidAccessKeyId: 'denied',
  InvalidToken: 'denied',
  RequestTimeTooSkewed: 'denied',
  SignatureDoesNotMatch: 'denied',
}

/** Runs `work`; trouble with the storage becomes a `FileStoreError` that names the operation and the stored path. */
export async function inS3<T>(operation: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw fromS3(error, operation, path)
  }
}

/** As `inS3`, for an error at hand; what is no trouble of the storage stays what it is. */
export function fromS3(error: unknown, operation: string, path: string): unknown {
  if (error instanceof FileStoreError) return error
  if (error instanceof OutgoingError) {
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
    return new FileStoreError('unavailable', `cannot ${operation} ${path}: ${error.message}${cause}`, error)
  }
  if (!(error instanceof S3Error)) return error
  return new FileStoreError(codeOf(error), `cannot ${operation} ${path}: ${error.message}`, error)
}

function codeOf({ code, status }: S3Error): FileStoreErrorCode {
  const known = CODES[code]
  if (known) return known
  if (status === 404) return 'not_found'
  if (status === 401 || status === 403) return 'denied'
  return status >= 500 || status === 429 ? 'unavailable' : 'io'
}
