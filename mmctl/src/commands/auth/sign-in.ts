import { readFile } from 'node:fs/promises'
import type { Context } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'
import { Api } from '../../connect/api.ts'
import type { AuthMethod, Credentials } from '../../connect/credentials.ts'
import { remoteTransport } from '../../connect/connection.ts'

/** What the flags of `auth login` and `auth renew` say, with files read. */
export interface Proof {
  readonly password: string
  readonly accessToken: string
  readonly mfaToken: string
}

/** Reads passwords and tokens from flags and files. Throws UsageError when they contradict each other. */
export async function readProof({ flags }: Context): Promise<Proof> {
  const onlyOne = (a: string, b: string) => {
    if (flags.given(a) && flags.given(b)) throw new UsageError(`use --${a} or --${b}, not both`)
  }
  onlyOne('password', 'password-file')
  onlyOne('access-token', 'access-token-file')
  const password = await fromFlagOrFile(flags.text('password'), flags.text('password-file'))
  const accessToken = await fromFlagOrFile(flags.text('access-token'), flags.text('access-token-file'))
  return { password, accessToken, mfaToken: flags.text('mfa-token') }
}

async function fromFlagOrFile(value: string, file: string): Promise<string> {
  if (!file) return value
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`the file ${file} cannot be read (${error.code})`)
  })
  return text.trim()
}

/** The address that credentials keep: without slash at the end. Throws when it is none. */
export function instanceUrl(text: string): string {
  const url = text.replace(/\/+$/, '')
  if (!/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url)) {
    throw new Error(`"${text}" is not the address of a server; it looks like https://chat.example.com`)
  }
  return url
}

/** Asks the server's address for anything at all, so that a wrong one is told apart from a wrong password. */
export async function checkInstance({ flags, world }: Context, url: string): Promise<void> {
  const response = await remoteTransport(flags, world)(url, { method: 'GET', headers: {} })
  await response.body?.cancel()
  const elsewhere = response.headers.get('location')
  if (response.status < 400 && elsewhere) {
    throw new Error(`${url} leads to ${new URL(elsewhere, url).href}: sign in to that address`)
  }
  if (response.status !== 200) throw new Error(`${url} answers with status ${response.status}: is it the chat server?`)
}

type SignedIn = Pick<Credentials, 'username' | 'authToken' | 'authMethod'>

/** Proves an access token, or opens a session with a password. Rejects with the server's reason. */
export async function signIn(context: Context, url: string, username: string, proof: Proof): Promise<SignedIn> {
  const { flags, world } = context
  const api = new Api({ url, token: proof.accessToken, transport: remoteTransport(flags, world) })
  if (proof.accessToken) {
    await api.getMe()
    return { username: 'Personal Access Token', authToken: proof.accessToken, authMethod: 'T' }
  }
  const body = { login_id: username, password: proof.password, token: proof.mfaToken }
  const { response } = await api.exchange('POST', '/users/login', body)
  const authToken = response.headers.get('token')
  if (!authToken) throw new Error('the server sent no token: is it really a chat server?')
  const authMethod: AuthMethod = proof.mfaToken ? 'M' : 'P'
  return { username, authToken, authMethod }
}
