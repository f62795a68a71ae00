import type { App } from '../app.ts'
import type { Config } from '../config/config-types.ts'
import { nodeOf } from '../config/json-document.ts'
import { MASK } from '../config/mask.ts'
import { readDocument } from '../config/read-document.ts'
import { FileStoreError } from '../files/file-store.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { systemError } from './system.errors.ts'

type FileSettings = Config['FileSettings']

/**
 * Writes and removes a small file in the file storage in use, or in that of a configuration that is not saved yet. Throws
 * 403, 400 for settings that cannot be tried, 500 with the reason when the storage does not take it.
 */
export async function testFileStorage(
  app: Pick<App, 'access' | 'config' | 'files'>,
  session: Session,
  config: unknown,
): Promise<void> {
  if (!app.access.can(session, 'test_s3')) throw noPermission('test_s3')
  const current = app.config.get().FileSettings
  const settings = config === undefined ? current : settingsOf(config, current)
  if (settings.DriverName === 'amazons3' && settings.AmazonS3Bucket.trim() === '') {
    throw systemError('api.admin.test_s3.missing_s3_bucket')
  }
  try {
    await app.files.test(settings)
  } catch (error) {
    throw error instanceof FileStoreError ? asTestError(error) : error
  }
}

/** The file settings of a configuration; what it leaves out or masks is as it is now. The folder cannot be tried out. */
function settingsOf(config: unknown, current: FileSettings): FileSettings {
  const { values, problems } = readDocument(nodeOf(config))
  if (problems.length > 0) throw invalidBody(problems[0]!.setting || 'config')
  const settings = { ...current, ...(values.FileSettings as Partial<FileSettings> | undefined) }
  if (!['local', 'amazons3'].includes(settings.DriverName)) throw invalidBody('FileSettings.DriverName')
  if (!(settings.AmazonS3RequestTimeoutMilliseconds > 0)) {
    throw invalidBody('FileSettings.AmazonS3RequestTimeoutMilliseconds')
  }
  const masked = settings.AmazonS3SecretAccessKey === MASK
  return {
    ...settings,
    // A path of the caller's choice would be made on the disk.
    Directory: current.Directory,
    AmazonS3SecretAccessKey: masked ? current.AmazonS3SecretAccessKey : settings.AmazonS3SecretAccessKey,
  }
}

function asTestError({ code, message }: FileStoreError) {
  if (code === 'denied') return systemError('api.file.test_connection_s3_auth.app_error', { Reason: message })
  if (code === 'no_bucket') return systemError('api.file.test_connection_s3_bucket_does_not_exist.app_error')
  return systemError('api.file.test_connection.app_error', { Reason: message })
}
