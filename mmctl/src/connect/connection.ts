import type { Flags } from '../cli/flags.ts'
import type { Printer } from '../output/printer.ts'
import type { World } from '../world.ts'
import { VERSION } from '../../../server/src/version.ts'
import { Api } from './api.ts'
import { ApiError } from './api-error.ts'
import { CredentialsFile, credentialsPath } from './credentials.ts'
import type { Credentials } from './credentials.ts'
import { checkSocketFile } from './socket-file.ts'
import { createTransport } from './transport.ts'
import { fits, versionOf } from './version-check.ts'

/** A server that answers, and how it was reached. */
export interface Connection {
  readonly api: Api
  readonly isLocal: boolean
  /** the active credentials; undefined over the socket */
  readonly credentials?: Credentials
  /** as the line with the count names it */
  readonly where: string
}

/**
 * Finds the server: over the socket with --local, else with the active credentials. Where there are none, the socket
 * is tried after a warning, so that root on the server's machine needs no flag.
 */
export async function connect(flags: Flags, world: World, out: Printer): Promise<Connection> {
  if (flags.bool('local')) return connectLocally(flags, world)
  const file = new CredentialsFile(credentialsPath(flags, world))
  const credentials = await file.active().catch((error: Error) => {
    out.warn(`WARNING: ${error.message}`)
    return undefined
  })
  if (!credentials) {
    out.warn('WARNING: no active credentials, trying the local socket. `mmctl auth login` signs in to a server')
    return connectLocally(flags, world)
  }
  if ((await file.isOpenToOthers()) && !flags.bool('suppress-warnings')) {
    out.warn(`WARNING: others can open ${file.path}, which holds access tokens. Run: chmod 600 ${file.path}`)
  }
  return connectRemotely(credentials, flags, world, out)
}

async function connectLocally(flags: Flags, { env, uid }: World): Promise<Connection> {
  const path = flags.text('local-socket-path')
  await checkSocketFile(path, uid)
  const transport = createTransport({ socketPath: path, env })
  return { api: new Api({ url: 'http://localhost', transport }), isLocal: true, where: 'local instance' }
}

async function connectRemotely(
  credentials: Credentials,
  flags: Flags,
  world: World,
  out: Printer,
): Promise<Connection> {
  const { instanceUrl: url, authToken: token } = credentials
  const api = new Api({ url, token, transport: remoteTransport(flags, world) })
  await api.getMe().catch((error: unknown) => {
    if (!(error instanceof ApiError && error.status === 401)) throw error
    throw new Error(`${error.message} (run: mmctl auth renew ${credentials.name})`, { cause: error })
  })
  checkVersion(versionOf(api.versionId), flags, out)
  return { api, isLocal: false, credentials, where: `${url}/` }
}

/** The way to a server over the network, as the flags want it. */
export function remoteTransport(flags: Flags, { env }: Pick<World, 'env'>) {
  const insecureSha1 = flags.bool('insecure-sha1-intermediate')
  return createTransport({ env, insecureSha1, insecureTls: flags.bool('insecure-tls-version') })
}

function checkVersion(server: string, flags: Flags, out: Printer): void {
  if (fits(server)) return
  const text = `server version ${server || 'unknown'} doesn't match mmctl version ${VERSION}`
  if (flags.bool('strict')) throw new Error(text)
  if (!flags.bool('suppress-warnings')) out.warn(`WARNING: ${text}`)
}
