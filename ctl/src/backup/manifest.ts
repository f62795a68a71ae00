import type { FileRecord } from './archive-writer.ts'

/** Members of an archive that are not folders. The first and the last one frame it. */
export const HEAD = 'backup.json'
export const DUMP = 'database.sql.gz'
export const CONFIG = 'config.json'
export const MANIFEST = 'manifest.json'
/** Folders of an archive: what the service keeps on the disk, and what it was made from. */
export const DATA_FOLDERS = ['data', 'plugins', 'client-plugins'] as const
export const OTHER_FOLDERS = ['settings', 'secrets'] as const
export type DataFolder = (typeof DATA_FOLDERS)[number]

/** What is known before the first byte is copied; the first member of an archive. */
export interface BackupHead {
  readonly kind: 'outpost-backup'
  readonly format: 1
  /** when the backup began, ISO 8601 */
  readonly created: string
  readonly outpost: string
  readonly protocol: string
  readonly siteUrl: string
  readonly database: SchemaState
}

/** Where a database stands. */
export interface SchemaState {
  /** names of Mattermost's migrations */
  readonly migrations: readonly string[]
  /** numbers of Outpost's own */
  readonly outpost: readonly number[]
  /** tells this chat from every other; '' when it has none */
  readonly chat: string
}

/** The last member of an archive. */
export interface Manifest extends BackupHead {
  /** rows by `schema.table`, exactly those in the dump */
  readonly counts: Readonly<Record<string, number>>
  /** bytes of the database on its disk */
  readonly databaseSize: number
  readonly files: Readonly<Record<string, FileRecord>>
  /** what a reader might look for and not find, in sentences */
  readonly notIncluded: readonly string[]
}

/** Whether a value read from an archive is the head of one that this version can read. */
export function isHead(value: unknown): value is BackupHead {
  if (!isObject(value) || value.kind !== 'outpost-backup' || value.format !== 1) return false
  const { database } = value
  return (
    isObject(database) &&
    isList(database.migrations, 'string') &&
    isList(database.outpost, 'number') &&
    [database.chat, value.created, value.outpost, value.siteUrl].every((one) => typeof one === 'string')
  )
}

/** Whether a value read from an archive is its manifest. */
export function isManifest(value: unknown): value is Manifest {
  if (!isHead(value)) return false
  const { counts, files, databaseSize, notIncluded } = value as unknown as Record<string, unknown>
  return (
    isObject(counts) &&
    Object.values(counts).every((count) => Number.isSafeInteger(count)) &&
    isObject(files) &&
    Object.values(files).every(
      (file) => isObject(file) && Number.isSafeInteger(file.size) && typeof file.sha256 === 'string',
    ) &&
    Number.isSafeInteger(databaseSize) &&
    isList(notIncluded, 'string')
  )
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isList = (value: unknown, type: 'string' | 'number'): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === type)
