import type pg from 'pg'
import {
  findByUid,
  findChatApplications,
  formInUse,
  insertApplication,
  updateApplication,
  utcNow,
} from './applications.ts'
import type { Application } from './applications.ts'
import { callbackUris, isCallback, joinUris, normalUri } from './callback-uris.ts'
import { checkedInput } from './checked-input.ts'
import type { CheckedInput } from './checked-input.ts'
import { inTransaction } from './database.ts'
import type { GitLabDatabase, Registration, RegistrationRequest } from './registration.ts'
import { formOf, newId, newSecret, secretMatches, storedSecret } from './secrets.ts'
import { completeRow, readColumns } from './table.ts'
import type { Column } from './table.ts'

/**
 * Makes sure that GitLab's database holds our application: trusted, confidential, with both addresses of the site and
 * the scopes. The one with our id is repaired whatever is wrong with it, also after a change of the site's address;
 * without an id, the instance's application for this very site is adopted; otherwise a new one is made. A given
 * secret always becomes valid; a lost one is read from GitLab if it is stored in the clear, else replaced.
 */
export async function registerInDatabase(
  request: RegistrationRequest & { readonly connect: GitLabDatabase },
): Promise<Registration> {
  const input = checkedInput(request)
  const uris = callbackUris(request.siteUrl)
  return inTransaction(request.connect, async (client) => {
    const columns = await readColumns(client)
    const notes: string[] = []
    const found = await findOurs(client, input, uris, notes)
    if (!found) return create(client, columns, input, uris, notes)
    return repair(client, columns, found, input, uris, notes)
  })
}

async function findOurs(
  client: pg.Client,
  { id, name }: CheckedInput,
  uris: readonly string[],
  notes: string[],
): Promise<Application | null> {
  const candidates = await findChatApplications(client)
  const byId = id ? await findByUid(client, id, 'lock') : null
  const sameSite = candidates.filter((one) => one.uris.some((uri) => uris.includes(normalUri(uri))))
  const adopted = sameSite.find((one) => one.name === name) ?? sameSite[0]
  const found = byId ?? (id ? null : (adopted ?? null))
  if (!byId && !id && found) notes.push(`The application "${found.name}" of this site was found in GitLab and is used.`)
  for (const other of sameSite.filter((one) => one.uid !== found?.uid)) {
    notes.push(
      `GitLab has another application for this site, "${other.name}" (id ${other.uid}); delete it if nothing uses it.`,
    )
  }
  const namesakes = candidates.filter((one) => one.name === name && one.uid !== found?.uid && !sameSite.includes(one))
  for (const other of namesakes) {
    const where = other.uris.map((uri) => URL.parse(uri)?.origin).find(Boolean) ?? 'another address'
    notes.push(
      `GitLab also has an application "${other.name}" for ${where} (id ${other.uid}); delete it if that is the former address.`,
    )
  }
  return found
}

async function create(
  client: pg.Client,
  columns: readonly Column[],
  { id, name, secret, scopes }: CheckedInput,
  uris: readonly string[],
  notes: string[],
): Promise<Registration> {
  const ours = { id: id || newId(), secret: secret || newSecret() }
  const row = await completeRow(client, columns, {
    name,
    uid: ours.id,
    secret: await storedSecret(ours.secret, await formInUse(client)),
    redirect_uri: joinUris(uris),
    scopes,
    created_at: utcNow(),
    updated_at: utcNow(),
  })
  await insertApplication(client, row)
  return { ...ours, scopes, outcome: 'created', notes }
}

async function repair(
  client: pg.Client,
  columns: readonly Column[],
  found: Application,
  input: CheckedInput,
  uris: readonly string[],
  notes: string[],
): Promise<Registration> {
  const changes = { ...repairAddresses(found, uris, notes), ...repairRights(found, columns, input.scopes, notes) }
  const secret = await usableSecret(found, input.secret, notes)
  const stored = secret.store ? { secret: await storedSecret(secret.value, await formInUse(client)) } : {}
  const all = { ...changes, ...stored }
  const changed = Object.keys(all).length > 0
  if (changed) await updateApplication(client, columns, found.id, all)
  const outcome = changed ? 'repaired' : 'unchanged'
  return { id: found.uid, secret: secret.value, scopes: input.scopes, outcome, notes }
}

/** Both addresses must stand there letter by letter. What else an administrator added stays, former sites go. */
function repairAddresses(found: Application, uris: readonly string[], notes: string[]): Record<string, unknown> {
  if (uris.every((uri) => found.uris.includes(uri))) return {}
  const removed = found.uris.filter((uri) => isCallback(uri) && !uris.includes(uri))
  const kept = found.uris.filter((uri) => !isCallback(uri))
  if (removed.length > 0) notes.push(`The addresses ${removed.join(' and ')} were replaced by those of this site.`)
  else notes.push(`The addresses of this site were added.`)
  return { redirect_uri: joinUris([...uris, ...kept]) }
}

function repairRights(
  found: Application,
  columns: readonly Column[],
  scopes: string,
  notes: string[],
): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  const wanted = scopes.split(' ')
  if (found.scopes.length === 0) {
    changes.scopes = scopes
    notes.push(
      `The application allowed every scope; now it allows ${scopes}. A chat server of GitLab's package that shares it needs mattermost['gitlab_scope'] = "${scopes}".`,
    )
  } else if (!wanted.every((scope) => found.scopes.includes(scope))) {
    changes.scopes = [...new Set([...found.scopes, ...wanted])].join(' ')
    notes.push(`The scopes ${scopes} were added.`)
  }
  if (!found.trusted && columns.some((column) => column.name === 'trusted')) {
    changes.trusted = true
    notes.push('The application is trusted now: people are not asked for consent.')
  }
  if (!found.confidential) {
    changes.confidential = true
    notes.push('The application is confidential now: GitLab asks for its secret.')
  }
  if (found.owned || found.dynamic) {
    Object.assign(changes, { owner_id: null, owner_type: null, dynamic: false })
    notes.push(
      'The application belonged to somebody who may know its secret; now it belongs to GitLab. Rotate the secret.',
    )
  }
  return changes
}

/** The secret to go on with, and whether GitLab has to be told. */
async function usableSecret(
  found: Application,
  given: string,
  notes: string[],
): Promise<{ value: string; store: boolean }> {
  if (given) {
    if (await secretMatches(given, found.secret)) return { value: given, store: false }
    notes.push('GitLab had another secret for this application; now it accepts the one of the settings.')
    return { value: given, store: true }
  }
  if (formOf(found.secret) === 'plain' && found.secret.length >= 16) {
    notes.push('GitLab keeps the secret of this application in the clear; it was taken over.')
    return { value: found.secret, store: false }
  }
  notes.push(
    'The secret was not known here and GitLab keeps only its hash, so a new one was made. Whoever else uses this application needs it too.',
  )
  return { value: newSecret(), store: true }
}
