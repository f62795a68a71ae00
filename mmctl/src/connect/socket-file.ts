import { stat } from 'node:fs/promises'

/**
 * Checks the unix socket of a server before anything is sent to it: it must exist, be a socket that only its owner may
 * open, and belong to the caller (root may use anybody's). Throws otherwise. The server side of this promise is
 * `openLocalSocket`.
 */
export async function checkSocketFile(path: string, uid: number | undefined): Promise<void> {
  const file = await stat(path).catch(() => undefined)
  if (!file) {
    throw new Error(`socket file "${path}" doesn't exist, please check the server configuration for local mode`)
  }
  if (!file.isSocket() || (file.mode & 0o777) !== 0o600) {
    throw new Error(`invalid file mode for file "${path}", it must be a socket with 0600 permissions`)
  }
  if (uid !== 0 && file.uid !== uid) throw new Error(`owner of the file "${path}" must be the same user running mmctl`)
}
