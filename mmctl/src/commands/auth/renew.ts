import type { Action, Context } from '../../cli/command.ts'
import { CredentialsFile, credentialsPath } from '../../connect/credentials.ts'
import type { AuthMethod } from '../../connect/credentials.ts'
import { readProof, signIn } from './sign-in.ts'
import type { Proof } from './sign-in.ts'

/** Signs in again in the way an entry was made, and keeps the new token. */
export const renew: Action = async (context) => {
  const { args, flags, out, world } = context
  const file = new CredentialsFile(credentialsPath(flags, world))
  const entry = await file.named(args[0]!)
  const proof = await completeProof(context, entry.authMethod, await readProof(context))
  const { authToken } = await signIn(context, entry.instanceUrl, entry.username, proof)
  await file.store({ ...entry, authToken })
  out.print(`Credentials for server "${entry.name}" successfully renewed`)
}

async function completeProof({ prompt }: Context, method: AuthMethod, given: Proof): Promise<Proof> {
  if (method === 'T') {
    if (given.password || given.mfaToken) throw new Error('this server is used with an access token: give a new one')
    const accessToken = given.accessToken || (await prompt.ask('Access token: ', { hidden: true }))
    if (!accessToken) throw new Error('an access token is needed')
    return { ...given, accessToken }
  }
  if (given.accessToken) throw new Error('this server is used with a password: give that instead of an access token')
  const password = given.password || (await prompt.ask('Password: ', { hidden: true }))
  const mfaToken = given.mfaToken || (method === 'M' ? (await prompt.ask('MFA token: ')).trim() : '')
  return { ...given, password, mfaToken }
}
