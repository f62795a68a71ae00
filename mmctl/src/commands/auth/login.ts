import type { Action } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'
import { CredentialsFile, credentialsPath } from '../../connect/credentials.ts'
import { checkInstance, instanceUrl, readProof, signIn } from './sign-in.ts'

/** Signs in to a server and keeps the credentials. What flags do not say is asked for. */
export const login: Action = async (context) => {
  const { args, flags, prompt, out, world } = context
  const proof = await readProof(context)
  if (proof.accessToken && (flags.given('username') || proof.password)) {
    throw new UsageError('use an access token or a username with its password, not both')
  }
  const url = instanceUrl(args[0]!)
  await checkInstance(context, url)
  const name = (flags.text('name') || (await prompt.ask('Connection name: '))).trim()
  if (!name) throw new Error('a connection needs a name, for example the one of the server')
  let username = flags.text('username')
  if (!proof.accessToken && !username) username = (await prompt.ask('Username: ')).trim()
  const needsPassword = !proof.accessToken && !proof.password
  const password = needsPassword ? await prompt.ask('Password: ', { hidden: true }) : proof.password
  const signedIn = await signIn(context, url, username, { ...proof, password })
  const entry = { name, ...signedIn, instanceUrl: url, active: !flags.bool('no-activate') }
  await new CredentialsFile(credentialsPath(flags, world)).store(entry)
  const { authToken: _secret, ...shown } = entry
  out.print(`\n  credentials for "${name}": "${entry.username}@${url}" stored\n`, shown)
}
