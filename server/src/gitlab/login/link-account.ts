import type { App } from '../../app.ts'
import type { Tx } from '../../database/unit-of-work.ts'
import { invalidBody } from '../../http/errors.ts'
import { enqueueMail } from '../../notifications/email/enqueue-mail.ts'
import { announceUser } from '../../users/announce-user.ts'
import { asUserConflict } from '../../users/user-conflict.ts'
import { userError } from '../../users/users.errors.ts'
import { deleteRecoveryTokens, lockAccount, updateAccount } from './gitlab-accounts.store.ts'
import { gitlabLoginError } from './gitlab-login.errors.ts'
import {
  adoptAll,
  findIdentity,
  findIdentityOfUser,
  findUnadopted,
  renameIssuer,
  saveIdentity,
} from './identities.store.ts'
import { currentIssuer, issuerOf } from './issuer.ts'
import { freeAuthData } from './sign-in-person.ts'
import { requireGitLab } from './start-login.ts'

/** What administrators see of a link between an account and a GitLab user; times in ms. */
export interface GitLabLink {
  readonly user_id: string
  /** the GitLab server, without scheme */
  readonly issuer: string
  readonly gitlab_id: number
  /** as it was called at the last sign-in, '' before the first */
  readonly gitlab_username: string
  readonly linked_at: number
  /** 0 = never yet */
  readonly verified_at: number
  /** when GitLab said that the person is blocked or gone; 0 = he is not */
  readonly refused_at: number
}

/** Whom an account is linked to. Throws 404 for one that is not. */
export async function readLink(app: App, userId: string): Promise<GitLabLink> {
  const found = await findIdentityOfUser(app.db, userId)
  if (!found) throw gitlabLoginError('outpost.gitlab.not_linked.app_error')
  const { user_id, issuer, gitlab_id, username, created_at, verified_at, refused_at } = found
  return { user_id, issuer, gitlab_id, gitlab_username: username, linked_at: created_at, verified_at, refused_at }
}

/**
 * An administrator says that an account belongs to a user of the present GitLab server: it signs in there from now on
 * and its password is gone. Throws 404, 400 for a bot and for a GitLab user whom another account belongs to.
 */
export async function linkAccount(app: App, userId: string, gitlabId: number): Promise<GitLabLink> {
  requireGitLab(app)
  if (!Number.isSafeInteger(gitlabId) || gitlabId <= 0) throw invalidBody('gitlab_id')
  const issuer = currentIssuer(app)
  await app.unitOfWork(async (tx) => {
    const account = await lockAccount(tx.db, userId)
    if (!account) throw userError('app.user.missing_account.const')
    if (account.isBot) throw userError('api.user.update_user_auth.invalid_request')
    await requireUnclaimed(tx, issuer, gitlabId, userId)
    const authdata = await freeAuthData(tx, issuer, gitlabId, userId)
    const now = Date.now()
    const signIn = { authservice: 'gitlab', authdata, password: '', failedattempts: 0 }
    await updateAccount(tx.db, userId, { ...signIn, lastpasswordupdate: now, updateat: now }).catch(
      (error: unknown) => {
        throw asUserConflict(error)
      },
    )
    await saveLink(tx, { userId, issuer, gitlabId, authData: authdata })
    await deleteRecoveryTokens(tx.db, userId)
    await announceUser(app, tx, userId)
    await enqueueMail(tx, { kind: 'sign_in_method_changed', userId, method: 'GitLab' })
  })
  return readLink(app, userId)
}

async function requireUnclaimed(tx: Tx, issuer: string, gitlabId: number, userId: string): Promise<void> {
  const identity = await findIdentity(tx.db, issuer, gitlabId)
  const owner = identity ? identity.user_id : (await findUnadopted(tx.db, gitlabId))?.id
  if (owner && owner !== userId) throw userError('app.user.update_auth_data.email_exists.app_error')
}

/** Notes a link that nobody has signed in with yet. */
async function saveLink(
  tx: Tx,
  { userId, issuer, gitlabId, authData }: { userId: string; issuer: string; gitlabId: number; authData: string },
): Promise<void> {
  await saveIdentity(tx.db, {
    user_id: userId,
    issuer,
    gitlab_id: gitlabId,
    auth_data: authData,
    username: '',
    client_id: '',
    tokens: '',
    created_at: Date.now(),
    verified_at: 0,
    checked_at: 0,
    refused_at: 0,
  })
}

/** After another part of the server has tied an account to a plain GitLab number: it means the present GitLab server. */
export async function noteLink(app: Pick<App, 'config'>, tx: Tx, userId: string, authData: string): Promise<void> {
  const issuer = currentIssuer(app)
  if (issuer === '' || !/^[1-9]\d{0,14}$/.test(authData)) return
  await saveLink(tx, { userId, issuer, gitlabId: Number(authData), authData })
}

/**
 * An administrator says that all accounts of the older server belong to users of the present GitLab server, or, with
 * `from`, that the GitLab server known by that address is the present one (it has a new address).
 */
export async function adoptAccounts(app: App, from: string): Promise<{ adopted: number }> {
  requireGitLab(app)
  const issuer = currentIssuer(app)
  const old = from === '' ? '' : issuerOf(from)
  if (from !== '' && (old === '' || old === issuer)) throw invalidBody('from')
  const adopted = await app.unitOfWork((tx) =>
    old === '' ? adoptAll(tx.db, issuer, Date.now()) : renameIssuer(tx.db, old, issuer),
  )
  return { adopted }
}
