import type { LocalFileStore } from './local-file-store.ts'
import { WAITING_DIR } from './upload-batch.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Removes what uploads cut short by a crash left behind. Call it once, before the first request. */
export async function sweepFiles(files: LocalFileStore): Promise<void> {
  await files.sweepTemp(DAY_MS)
  await files.removeDir(WAITING_DIR)
}
