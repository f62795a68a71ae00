import { readFile } from 'node:fs/promises'
import { Problem } from '../cli/problem.ts'
import type { Machine } from '../reconfigure/machine.ts'
import { inSession, type DatabaseAccess } from './database-access.ts'
import { asAccount } from './as-account.ts'
import { presence } from './schema-state.ts'
import { literal } from './psql-session.ts'
import type { DataFolder } from './manifest.ts'
import { measureFolder } from './walk-folder.ts'

/** Names in the data folder that are no files of messages: uploads under way, and what a restore keeps there. */
export const PASSING = ['.tmp', 'incoming', '.restore-new', '.restore-old', '.before-restore']

export interface SourceFolder {
  /** in the archive */
  readonly name: DataFolder
  /** on the disk */
  readonly path: string
  readonly except: readonly string[]
}

/** What there is to back up, and how much it is. */
export interface Sources {
  readonly folders: readonly SourceFolder[]
  readonly bytes: number
  readonly databaseBytes: number
  /** files lie on this machine's disk */
  readonly hasFiles: boolean
  readonly notIncluded: readonly string[]
}

/** Looks at everything before anything is copied. Throws a Problem where there is no chat to back up. */
export async function findSources(machine: Machine, access: DatabaseAccess): Promise<Sources> {
  const { settings } = machine
  const { files, plugins, clientPlugins } = settings.directories
  const database = await inSession(access, access.admin, access.name, async (session) => {
    if (!(await presence(session)).migrations)
      throw new Problem(
        `The database ${access.name} holds no chat.`,
        "Check mattermost['sql_data_source'] and mattermost['database_name']. On a new machine run outpost-ctl reconfigure first.",
      )
    return Number(await session.value(`SELECT pg_database_size(${literal(access.name)});`))
  })
  const bucket = await bucketOf(machine, access)
  const folders: SourceFolder[] = [
    ...(bucket === undefined ? [{ name: 'data' as const, path: files, except: PASSING }] : []),
    { name: 'plugins', path: plugins, except: PASSING },
    { name: 'client-plugins', path: clientPlugins, except: PASSING },
  ]
  let bytes = 0
  for (const folder of folders)
    bytes += (await asAccount(access.service.numbers, () => measureFolder(folder.path, folder.except))).bytes
  const notIncluded =
    bucket === undefined
      ? []
      : [
          `The files are in S3, bucket ${bucket}, and not in this archive. Copy the bucket: aws s3 sync s3://${bucket} DIR`,
        ]
  return { folders, bytes, databaseBytes: database, hasFiles: bucket === undefined, notIncluded }
}

/** The bucket, where files are kept in S3; undefined where they are on the disk. */
async function bucketOf({ settings }: Machine, access: DatabaseAccess): Promise<string | undefined> {
  const text = await asAccount(access.service.numbers, () => readFile(settings.directories.configFile, 'utf8')).catch(
    () => '{}',
  )
  const stored = fileSettings(text)
  const driver = settings.env.MM_FILESETTINGS_DRIVERNAME || stored.DriverName
  if (driver !== 'amazons3') return undefined
  return settings.env.MM_FILESETTINGS_AMAZONS3BUCKET || stored.AmazonS3Bucket || 'of config.json'
}

function fileSettings(text: string): { DriverName?: string; AmazonS3Bucket?: string } {
  try {
    return (JSON.parse(text) as { FileSettings?: object }).FileSettings ?? {}
  } catch {
    return {}
  }
}
