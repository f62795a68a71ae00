import { callbackUris, joinUris, normalUri } from './callback-uris.ts'
import { checkCredentials } from './check-credentials.ts'
import { checkedInput } from './checked-input.ts'
import type { CheckedInput } from './checked-input.ts'
import { createApplication, deleteApplication, listApplications, renewSecret } from './gitlab-api.ts'
import type { ApiAccess, ApiApplication } from './gitlab-api.ts'
import type { Registration, RegistrationRequest } from './registration.ts'

const TRUST_NOTE =
  'People are asked for consent at their first sign-in. To spare them that, tick "Trusted" for this application in the Admin area of GitLab.'

/**
 * The same as `registerInDatabase` where GitLab's database is elsewhere. GitLab's API can neither choose an id nor
 * change an application nor make it trusted: whatever is wrong with ours means a new one with another id and secret,
 * and the old one is deleted after that.
 */
export async function registerByApi(request: RegistrationRequest & ApiAccess): Promise<Registration> {
  const input = checkedInput(request)
  const uris = callbackUris(request.siteUrl)
  const all = await listApplications(request)
  const sameSite = all.filter((one) => one.uris.some((uri) => uris.includes(normalUri(uri))))
  const found = all.find((one) => one.uid === input.id) ?? sameSite.find((one) => one.name === input.name)
  const notes = sameSite
    .filter((one) => one !== found)
    .map(
      (one) =>
        `GitLab has another application for this site, "${one.name}" (id ${one.uid}); delete it if nothing uses it.`,
    )
  if (!found || !isSound(found, uris, input)) return replace(request, input, uris, found, notes)
  const secret = found.uid === input.id ? input.secret : ''
  if (secret && (await checkCredentials({ ...request, id: found.uid, secret }))) {
    return { id: found.uid, secret, scopes: input.scopes, outcome: 'unchanged', notes }
  }
  const renewed = await renewSecret(request, found.id)
  if (!renewed) return replace(request, input, uris, found, notes)
  notes.push(
    'The secret was not known here or wrong, so GitLab made a new one. Whoever else uses this application needs it too.',
  )
  return { id: found.uid, secret: renewed, scopes: input.scopes, outcome: 'repaired', notes }
}

function isSound(found: ApiApplication, uris: readonly string[], { scopes }: CheckedInput): boolean {
  const allowed = found.scopes === null || scopes.split(' ').every((scope) => found.scopes?.includes(scope))
  return found.confidential && allowed && uris.every((uri) => found.uris.includes(uri))
}

/** The new one first: if GitLab refuses it, the old one is still there. */
async function replace(
  access: ApiAccess,
  { name, scopes }: CheckedInput,
  uris: readonly string[],
  old: ApiApplication | undefined,
  notes: string[],
): Promise<Registration> {
  const made = await createApplication(access, { name, scopes, redirect_uri: joinUris(uris) })
  if (old) {
    await deleteApplication(access, old.id)
    notes.push(`The application with the id ${old.uid} was replaced, because GitLab's API cannot change one.`)
  }
  notes.push(TRUST_NOTE)
  const outcome = old ? 'repaired' : 'created'
  return { id: made.uid, secret: made.secret, scopes, outcome, notes }
}
