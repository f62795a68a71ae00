import { api, socket } from '../client/api.ts'
import { basePath } from '../client/base-path.ts'
import { startLeaving } from './session-end.ts'

/** Ends the session here and on the server, and forgets what this browser kept for it. */
export async function signOut(): Promise<void> {
  startLeaving()
  await api.logout().catch(() => undefined)
  socket.close()
  // A session that the server could not be told about must not come back with the next page.
  for (const name of ['MMUSERID', 'MMCSRF']) document.cookie = `${name}=; path=${basePath || '/'}; max-age=0`
  location.assign(`${basePath}/login`)
}
