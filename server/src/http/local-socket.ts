import { chmod, lstat, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { StartError } from '../start-error.ts'

/**
 * Serves the machine's administrator at a unix socket that only this account can open: whoever can has every
 * permission. A socket that a killed server left behind is removed; one that answers belongs to somebody else, and so
 * does any other kind of file. Resolves with the function that closes it.
 */
export async function openLocalSocket(http: FastifyInstance, path: string): Promise<() => Promise<void>> {
  const found = await lstat(path).catch(() => undefined)
  if (found && (!found.isSocket() || (await answers(path)))) {
    throw new StartError(`The local socket ${path} is taken. Set another ServiceSettings.LocalModeSocketLocation.`)
  }
  // Between creating the socket and closing it to others there must be no moment in which others get in.
  const before = process.umask(0o177)
  try {
    if (found) await rm(path, { force: true })
    await http.listen({ path })
    await chmod(path, 0o600)
  } catch (error) {
    // Node says EACCES for a missing folder, too.
    const { code } = error as NodeJS.ErrnoException
    const todo = 'Check that its folder exists and may be written, or set ServiceSettings.EnableLocalMode to false.'
    throw new StartError(`The local socket ${path} cannot be opened (${code}). ${todo}`)
  } finally {
    process.umask(before)
  }
  // Closing removes the file, too.
  return async () => {
    await http.close()
  }
}

/** Is somebody there? A socket that may not be opened belongs to somebody; a refusal comes only from a dead one. */
function answers(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', ({ code }: NodeJS.ErrnoException) => done(code !== 'ECONNREFUSED' && code !== 'ENOENT'))
  })
}
