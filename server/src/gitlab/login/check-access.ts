import type { App } from '../../app.ts'
import { endSessions } from '../../sessions/end-sessions.ts'
import { disableAccessTokens } from './gitlab-accounts.store.ts'
import { fetchPerson, refreshTokens } from './gitlab-client.ts'
import type { GitLabTokens, Outcome } from './gitlab-client.ts'
import type { GitLabPerson } from './gitlab-profile.ts'
import { updateIdentity } from './identities.store.ts'
import type { Identity } from './identities.store.ts'
import { syncAccount } from './sync-account.ts'
import { openTokens, sealTokens } from './token-cipher.ts'

/** A token that ends sooner is not worth a request, ms. */
const MARGIN = 60_000

/**
 * Asks GitLab whether somebody may still sign in. His sessions end when GitLab has blocked or forgotten him, or he has
 * withdrawn what he allowed; anything else that goes wrong changes nothing. `unknown`: GitLab could not say.
 */
export async function checkAccess(app: App, identity: Identity): Promise<'active' | 'ended' | 'unknown'> {
  const tokens = openTokens(app, identity.user_id, identity.tokens)
  if (!tokens) {
    await app.unitOfWork.single((tx) => updateIdentity(tx.db, identity.user_id, { tokens: '' }))
    return 'unknown'
  }
  const answer = await ask(app, identity, tokens)
  if (answer.ok) {
    const change = { verified_at: Date.now(), username: answer.value.username }
    await app.unitOfWork.single((tx) => updateIdentity(tx.db, identity.user_id, change))
    await syncAccount(app, identity.user_id, answer.value)
    return 'active'
  }
  if (['refused', 'invalid_grant', 'invalid_token'].includes(answer.failure)) {
    await endAccess(app, identity.user_id, answer.log)
    return 'ended'
  }
  app.log.warn({ gitlab: answer.failure }, answer.log)
  return 'unknown'
}

async function ask(app: App, identity: Identity, tokens: GitLabTokens): Promise<Outcome<GitLabPerson>> {
  if (tokens.expiresAt > Date.now() + MARGIN) {
    const answer = await fetchPerson(app, tokens.access)
    // Its clock may run ahead of ours.
    if (answer.ok || answer.failure !== 'invalid_token') return answer
  }
  const fresh = await refreshTokens(app, tokens.refresh)
  if (!fresh.ok) return fresh
  // Kept at once: the old pair is worthless already.
  const sealed = sealTokens(app, identity.user_id, fresh.value)
  await app.unitOfWork.single((tx) => updateIdentity(tx.db, identity.user_id, { tokens: sealed }))
  return fetchPerson(app, fresh.value.access)
}

/**
 * Somebody may not use GitLab any more: all his sessions end, and his personal access tokens are switched off, which
 * would begin new ones. The account stays; he can sign in again as soon as GitLab lets him.
 */
export async function endAccess(app: App, userId: string, why: string): Promise<void> {
  await app.unitOfWork(async (tx) => {
    await updateIdentity(tx.db, userId, { tokens: '', refused_at: Date.now() })
    await disableAccessTokens(tx.db, userId)
    await endSessions(tx, userId)
  })
  app.log.info({ userId }, `The sessions of somebody were ended because of GitLab. ${why}`)
}
