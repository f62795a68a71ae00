import { posix } from 'node:path'
import type { Config } from '../../config/config-types.ts'
import { FileStoreError } from '../file-store.ts'

/** The settings of file storage, as in config.json. */
export type FileSettings = Config['FileSettings']

/** Storage in S3 as it was configured, checked. */
export type S3Settings = {
  /** host, with a port unless it is the usual one */
  endpoint: string
  secure: boolean
  bucket: string
  /** what stands before every stored path, without a slash at its end; may be empty */
  prefix: string
  /** empty: learnt from the storage */
  region: string
  /** undefined: the machine's own credentials */
  key: { accessKeyId: string; secretAccessKey: string } | undefined
  encrypt: boolean
  storageClass: string
  partBytes: number
  timeoutMs: number
  trace: boolean
}

const MiB = 1024 * 1024
/** S3 takes no smaller part of an object, except the last. */
const MIN_PART = 5 * MiB
/** A part is kept in memory while it is sent. */
const MAX_PART = 100 * MiB
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i

/** Reads FileSettings for S3. Throws `FileStoreError` `settings` with one sentence that says what to change. */
export function s3Settings(settings: FileSettings): S3Settings {
  const endpoint = settings.AmazonS3Endpoint.trim() || 's3.amazonaws.com'
  const bucket = settings.AmazonS3Bucket.trim()
  const accessKeyId = settings.AmazonS3AccessKeyId.trim()
  const secretAccessKey = settings.AmazonS3SecretAccessKey.trim()
  if (settings.AmazonS3SignV2) {
    throw wrong('AmazonS3SignV2 is on, but signatures of version 2 are not safe any more. Turn it off.')
  }
  if (bucket === '') throw wrong('AmazonS3Bucket is empty. Set it to the name of the bucket.')
  if (!BUCKET.test(bucket)) throw wrong(`AmazonS3Bucket is ${JSON.stringify(bucket)}, which is no name of a bucket.`)
  if (!HOST.test(endpoint)) {
    const example = 'such as "s3.amazonaws.com" or "minio.example.com:9000"'
    throw wrong(
      `AmazonS3Endpoint is ${JSON.stringify(endpoint)}; it must be a host, with a port if need be, ${example}.`,
    )
  }
  if ((accessKeyId === '') !== (secretAccessKey === '')) {
    throw wrong('AmazonS3AccessKeyId and AmazonS3SecretAccessKey must both be set, or both be empty.')
  }
  return {
    endpoint,
    bucket,
    secure: settings.AmazonS3SSL,
    prefix: cleanPrefix(settings.AmazonS3PathPrefix),
    region: settings.AmazonS3Region.trim(),
    key: accessKeyId === '' ? undefined : { accessKeyId, secretAccessKey },
    encrypt: settings.AmazonS3SSE,
    storageClass: settings.AmazonS3StorageClass,
    partBytes: Math.min(MAX_PART, Math.max(MIN_PART, settings.AmazonS3UploadPartSizeBytes)),
    timeoutMs: settings.AmazonS3RequestTimeoutMilliseconds,
    trace: settings.AmazonS3Trace,
  }
}

/** As Mattermost joins it with a path, so that the same objects are found: cleaned, a slash at the beginning kept. */
function cleanPrefix(prefix: string): string {
  if (prefix === '') return ''
  const clean = posix.normalize(prefix).replace(/(?!^)\/$/, '')
  if (clean === '.') return ''
  if (/^\/?\.\.(\/|$)/.test(clean) || prefix.includes('\0')) throw wrong('AmazonS3PathPrefix must not lead upwards.')
  return clean
}

const wrong = (sentence: string) => new FileStoreError('settings', `FileSettings.${sentence}`)
