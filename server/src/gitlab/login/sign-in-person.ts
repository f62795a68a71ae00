import type { App } from '../../app.ts'
import type { Tx } from '../../database/unit-of-work.ts'
import { AppError } from '../../http/errors.ts'
import { newId } from '../../ids.ts'
import { LOCAL_SESSION } from '../../sessions/session.ts'
import { loginError } from '../../sessions/sessions.errors.ts'
import { acceptInvitation, pendingInvitation } from '../../teams/accept-invitation.ts'
import { createUser, requireAcceptedDomain } from '../../users/create-user.ts'
import { activateUser } from '../../users/deactivate-user.ts'
import type { GitLabTokens } from './gitlab-client.ts'
import {
  authDataTaken,
  findAuthData,
  isClosed,
  lockAccount,
  nameTaken,
  signInOfEmail,
} from './gitlab-accounts.store.ts'
import type { GitLabAccount } from './gitlab-accounts.store.ts'
import { gitlabLoginError } from './gitlab-login.errors.ts'
import type { GitLabPerson } from './gitlab-profile.ts'
import { findIdentity, findUnadopted, saveIdentity } from './identities.store.ts'
import type { Identity } from './identities.store.ts'
import { currentIssuer, qualifiedAuthData } from './issuer.ts'
import { syncAccount } from './sync-account.ts'
import { gitlabPolicy } from './policy.ts'
import { sealTokens } from './token-cipher.ts'

/** How somebody came to the sign-in. */
export interface GitLabArrival {
  readonly inviteToken: string
  readonly inviteId: string
  /** takes name, username and address over from GitLab when the account exists */
  readonly sync: boolean
}

/**
 * The account of somebody whom GitLab has vouched for: the one tied to him, one that an older server tied to him, or a
 * new one. Throws 401 for a closed account, 403 for a bot, 400 when the address belongs to another account or the number
 * may be somebody else's, 501 where no accounts are made.
 */
export async function signInPerson(
  app: App,
  person: GitLabPerson,
  tokens: GitLabTokens,
  arrival: GitLabArrival,
): Promise<string> {
  if (!person.confirmed) throw gitlabLoginError('outpost.gitlab.unconfirmed.app_error')
  if (gitlabPolicy().reactivates) await reopen(app, person)
  const guest = await isGuestInvitation(app, arrival.inviteToken)
  const { userId, known } = await retried(() =>
    app.unitOfWork(async (tx) => {
      const found = (await findKnown(app, tx, person)) ?? ''
      const id = found || (await createAccount(app, tx, person, guest))
      const account = (await lockAccount(tx.db, id))!
      checkMayUse(app, account)
      // He has changed the way he signs in while GitLab was being asked.
      if (account.authService !== 'gitlab')
        throw gitlabLoginError('api.user.authorize_oauth_user.invalid_state.app_error')
      await saveIdentity(tx.db, await identityOf(app, tx, id, person, tokens))
      return { userId: id, known: found !== '' }
    }),
  )
  if (known && arrival.sync) await syncAccount(app, userId, person)
  await joinInvited(app, userId, arrival)
  return userId
}

/** Opens the account again that GitLab vouches for, where that is wanted; see `GitLabPolicy`. */
async function reopen(app: App, person: GitLabPerson): Promise<void> {
  const identity = await findIdentity(app.db, currentIssuer(app), person.id)
  if (!identity || !(await isClosed(app.db, identity.user_id))) return
  await activateUser(app, identity.user_id)
  app.log.info({ userId: identity.user_id }, 'A deactivated account was opened again by a sign-in with GitLab.')
}

/** Throws 401 or 403 for accounts that nobody may sign in to; a closed one among them, which `reopen` may have opened. */
export function checkMayUse(app: Pick<App, 'config'>, account: GitLabAccount): void {
  if (account.isBot) throw gitlabLoginError('api.user.login_by_oauth.bot_login_forbidden.app_error')
  if (account.deleteAt > 0) throw loginError('api.user.login.inactive.app_error')
  if (account.isRemote) throw loginError('api.user.login.remote_users.login.error')
  if (account.isGuest && !app.config.get().GuestAccountsSettings.Enable) {
    throw loginError('api.user.login.guest_accounts.disabled.error')
  }
}

/**
 * Accounts of older servers know only a number. One is adopted when the address agrees too: after a move to another
 * GitLab server the number alone would let somebody into a stranger's account.
 */
async function findKnown(app: App, tx: Tx, person: GitLabPerson): Promise<string | null> {
  const issuer = currentIssuer(app)
  const identity = await findIdentity(tx.db, issuer, person.id)
  if (identity) return identity.user_id
  const old = await findUnadopted(tx.db, person.id)
  if (!old) return null
  const { adopts } = gitlabPolicy()
  if (adopts === 'number' || (adopts === 'address' && old.email === person.email)) return old.id
  app.log.warn(
    { userId: old.id, gitlabId: person.id, issuer },
    'An account of an older server has this GitLab number, but is not adopted (see OUTPOST_GITLAB_ADOPT). If it is the same person, link it: PUT /api/v4/users/<id>/gitlab.',
  )
  throw gitlabLoginError('outpost.gitlab.not_adopted.app_error')
}

async function createAccount(app: App, tx: Tx, person: GitLabPerson, guest: boolean): Promise<string> {
  if (!app.config.get().TeamSettings.EnableUserCreation) {
    throw gitlabLoginError('api.user.create_user.disabled.app_error')
  }
  const owner = await signInOfEmail(tx.db, person.email)
  if (owner) {
    const params = { Service: 'GitLab', Auth: owner.authService || 'email' }
    throw gitlabLoginError('api.user.create_oauth_user.already_attached.app_error', params)
  }
  requireAcceptedDomain(app, person.email, guest)
  const fields = {
    username: await freeUsername(tx, person.username),
    email: person.email,
    first_name: person.firstName,
    last_name: person.lastName,
  }
  const authData = await freeAuthData(tx, currentIssuer(app), person.id)
  const roles = guest ? 'system_guest' : 'system_user'
  const user = await createUser(app, tx, fields, { verified: true, authService: 'gitlab', authData, roles })
  return user.id
}

/** bob, bob0, bob01, bob012 … as the reference counts; a name made up after ten of them. */
async function freeUsername(tx: Tx, wanted: string): Promise<string> {
  let name = wanted || `a${newId()}`
  for (let count = 0; count < 10; count++) {
    if (name.length <= 64 && !(await nameTaken(tx.db, name))) return name
    name += String(count)
  }
  return `${wanted.slice(0, 50)}-${newId().slice(0, 12)}`
}

/** The plain number, as older servers have it; with the GitLab server's name when a user of another one has it. */
export async function freeAuthData(tx: Tx, issuer: string, gitlabId: number, userId = ''): Promise<string> {
  const plain = String(gitlabId)
  return (await authDataTaken(tx.db, plain, userId)) ? qualifiedAuthData(issuer, gitlabId) : plain
}

/** The row of an account that has just been vouched for. */
export async function identityOf(
  app: App,
  tx: Tx,
  userId: string,
  person: GitLabPerson,
  tokens: GitLabTokens,
): Promise<Identity> {
  const issuer = currentIssuer(app)
  const before = await findIdentity(tx.db, issuer, person.id)
  const now = Date.now()
  return {
    user_id: userId,
    issuer,
    gitlab_id: person.id,
    auth_data: await findAuthData(tx.db, userId),
    username: person.username,
    client_id: app.config.get().GitLabSettings.Id,
    tokens: sealTokens(app, userId, tokens),
    created_at: before?.created_at ?? now,
    verified_at: now,
    checked_at: now,
    refused_at: 0,
  }
}

/** Whether the invitation makes its bearer a guest, who must not become a member because he came by GitLab. */
async function isGuestInvitation(app: App, token: string): Promise<boolean> {
  if (token === '' || !app.config.get().GuestAccountsSettings.Enable) return false
  const invitation = await pendingInvitation(app, token).catch(() => null)
  return invitation?.type === 'guest_invitation'
}

/** The sign-in counts even if the invitation does not: it may have expired on the way. */
async function joinInvited(app: App, userId: string, { inviteToken, inviteId }: GitLabArrival): Promise<void> {
  if (inviteToken === '' && inviteId === '') return
  const user = await app.access.user(userId)
  const session = { ...LOCAL_SESSION, local: false, userId, roles: user?.roles ?? [], isGuest: user?.isGuest ?? false }
  await acceptInvitation(app, session, { token: inviteToken, inviteId }).catch((error: unknown) => {
    app.log.warn({ err: error, userId }, 'somebody who signed in with GitLab could not use his invitation')
  })
}

const CONFLICTS = new Set([
  // The other tab's account came between the look at identities and the look at addresses.
  'api.user.create_oauth_user.already_attached.app_error',
  'app.user.save.username_exists.app_error',
  'app.user.save.email_exists.app_error',
  'app.user.update_auth_data.email_exists.app_error',
])

/** Two tabs may sign the same new person in at once: the second finds what the first has made. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const conflict =
        error instanceof AppError ? CONFLICTS.has(error.id) : (error as { code?: string }).code === '23505'
      if (!conflict || attempt >= 4) throw error
    }
  }
}
