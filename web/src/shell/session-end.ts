import { onUnauthorized, request, socket } from '../client/api.ts'
import type { ApiError } from '../client/api.ts'
import { basePath } from '../client/base-path.ts'
import { getState } from '../client/store.ts'

let leaving = false

/** Leaving by one's own will: the session's end is no news. */
export const startLeaving = (): void => void (leaving = true)

/** It did not come to that: the session goes on. */
export const stay = (): void => void (leaving = false)

/** Follows a session that ends elsewhere: signed out on another device, taken back, run out. The reader signs in again and comes back. */
export function followSessionEnd(): void {
  onUnauthorized(() => void check())
  // The server closes the connection of a session that it ends.
  socket.addCloseListener(() => void check())
}

let checking = false

/** Some refusals are about one request only: whether the session has ended says the account itself. */
async function check(): Promise<void> {
  if (checking || leaving || !getState().me) return
  checking = true
  try {
    await request('GET', '/users/me')
  } catch (error) {
    if ((error as ApiError).status_code === 401 && !leaving) signInAgain()
  } finally {
    checking = false
  }
}

function signInAgain(): void {
  leaving = true
  socket.close()
  const here = location.pathname.slice(basePath.length) + location.search
  location.assign(`${basePath}/login?extra=expired&redirect_to=${encodeURIComponent(here)}`)
}
