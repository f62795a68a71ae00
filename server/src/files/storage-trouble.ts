import { FileStoreError } from './file-store.ts'
import { fileError } from './files.errors.ts'

/** Runs what stores files: trouble of the store becomes the 500 that clients know, the operator's text its detail. */
export async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof FileStoreError)) throw error
    if (error.code === 'wrong_offset') throw fileError('app.upload.upload_data.concurrent.app_error', {}, error.message)
    throw fileError('api.file.write_file.app_error', {}, error.message)
  }
}

/** Runs what reads a file: 404 when it is missing, 500 when the storage does not answer. */
export async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof FileStoreError)) throw error
    const gone = error.code === 'not_found' || error.code === 'invalid_path'
    throw fileError(
      gone ? 'api.file.read_file.reading_local.app_error' : 'api.file.file_reader.app_error',
      {},
      error.message,
    )
  }
}
