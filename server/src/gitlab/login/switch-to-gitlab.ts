import type { App } from '../../app.ts'
import { enqueueMail } from '../../notifications/email/enqueue-mail.ts'
import { endSessions } from '../../sessions/end-sessions.ts'
import { announceUser } from '../../users/announce-user.ts'
import { asUserConflict } from '../../users/user-conflict.ts'
import { userError } from '../../users/users.errors.ts'
import type { GitLabTokens } from './gitlab-client.ts'
import { deleteRecoveryTokens, lockAccountByEmail, signInOfEmail, updateAccount } from './gitlab-accounts.store.ts'
import { gitlabLoginError } from './gitlab-login.errors.ts'
import type { GitLabPerson } from './gitlab-profile.ts'
import { findIdentity, findUnadopted, saveIdentity } from './identities.store.ts'
import { currentIssuer } from './issuer.ts'
import type { LoginToken } from './login-tokens.store.ts'
import { checkMayUse, freeAuthData, identityOf } from './sign-in-person.ts'

/**
 * The owner of a password account, who has proven that it is his when `begun` was made, has signed in to GitLab: from
 * now on the account signs in there. All its sessions end. Throws 400 when the GitLab user or his address belongs to
 * another account, or the proof is no longer good.
 */
export async function switchToGitLab(
  app: App,
  begun: LoginToken,
  person: GitLabPerson,
  tokens: GitLabTokens,
): Promise<void> {
  if (!person.confirmed) throw gitlabLoginError('outpost.gitlab.unconfirmed.app_error')
  const issuer = currentIssuer(app)
  await app.unitOfWork(async (tx) => {
    const account = await lockAccountByEmail(tx.db, begun.email)
    if (!account) throw userError('app.user.missing_account.const')
    checkMayUse(app, account)
    // The password was changed since, or the address belongs to a new account: whoever began this has proven nothing.
    const stale = account.authService !== '' || Math.max(account.createAt, account.lastPasswordUpdate) > begun.createAt
    if (stale) throw gitlabLoginError('api.user.authorize_oauth_user.invalid_state.app_error')
    const other = (await findIdentity(tx.db, issuer, person.id)) ?? (await findUnadopted(tx.db, person.id))
    const addressOwner = await signInOfEmail(tx.db, person.email)
    if (other || (addressOwner && addressOwner.id !== account.id)) {
      throw userError('app.user.update_auth_data.email_exists.app_error')
    }
    const authdata = await freeAuthData(tx, issuer, person.id, account.id)
    const now = Date.now()
    const signIn = { authservice: 'gitlab', authdata, password: '', failedattempts: 0, mfaactive: false, mfasecret: '' }
    const address = { email: person.email, emailverified: true }
    await updateAccount(tx.db, account.id, { ...signIn, ...address, lastpasswordupdate: now, updateat: now }).catch(
      (error: unknown) => {
        throw asUserConflict(error)
      },
    )
    await saveIdentity(tx.db, await identityOf(app, tx, account.id, person, tokens))
    await deleteRecoveryTokens(tx.db, account.id)
    await endSessions(tx, account.id)
    await announceUser(app, tx, account.id)
    // To the old address too: whoever took the account over has the new one.
    for (const to of new Set([begun.email, person.email])) {
      await enqueueMail(tx, { kind: 'sign_in_method_changed', userId: account.id, method: 'GitLab', address: to })
    }
  })
}
