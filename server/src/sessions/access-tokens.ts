import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { newId } from '../ids.ts'
import type { Permission } from '../access/permission-ids.ts'
import { existingUser, selfOrEditorOrBotOwner, sparesAdministrators } from '../users/user-access.ts'
import type { AccessToken } from './access-tokens.store.ts'
import {
  deleteAccessToken,
  findAccessToken,
  insertAccessToken,
  updateAccessTokenActive,
} from './access-tokens.store.ts'
import { queueMail } from './mails.ts'
import type { Session } from './session.ts'
import { accessTokenError } from './sessions.errors.ts'
import { deleteSessionsOfToken } from './sessions.store.ts'

const MAX_DESCRIPTION = 255

/** Throws 403 unless the caller has `permission` and may edit the account (or owns the bot) that `userId` is. */
export async function mayManageTokens(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  userId: string,
  permission: Permission,
): Promise<void> {
  // An application that acts for somebody must not give itself a token that outlives its grant.
  if (session.isOAuth || !app.access.can(session, permission)) throw noPermission(permission)
  await selfOrEditorOrBotOwner(app, session, userId)
}

/**
 * Makes a personal access token; the answer is the only place where its secret is ever shown. Throws 501 while such
 * tokens are off, except for bots, which have no other way in.
 */
export async function createAccessToken(
  app: Pick<App, 'access' | 'config' | 'db' | 'log' | 'unitOfWork'>,
  session: Session,
  userId: string,
  description: string,
): Promise<AccessToken & { token: string }> {
  await mayManageTokens(app, session, userId, 'create_user_access_token')
  // A token of an administrator is worth all his rights.
  await sparesAdministrators(app, session, userId)
  if (description === '') throw invalidBody('description')
  if ([...description].length > MAX_DESCRIPTION) {
    throw accessTokenError('model.user_access_token.is_valid.description.app_error')
  }
  const user = await existingUser(app, userId)
  if (!user.is_bot && !app.config.get().ServiceSettings.EnableUserAccessTokens) {
    throw accessTokenError('app.user_access_token.disabled')
  }
  const token = { id: newId(), token: newId(), user_id: userId, description, is_active: true }
  await app.unitOfWork((tx) => insertAccessToken(tx.db, token))
  if (!user.is_bot) queueMail(app, { kind: 'access_token_added', userId })
  return token
}

/** A token that the caller may handle with `permission`. Throws 404 for a missing one, 403 otherwise. */
export async function permittedAccessToken(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  tokenId: string,
  permission: Permission,
): Promise<AccessToken> {
  if (!app.access.can(session, permission)) throw noPermission(permission)
  const token = await findAccessToken(app.db, tokenId)
  if (!token) throw accessTokenError('app.user_access_token.get_by_user.app_error')
  await mayManageTokens(app, session, token.user_id, permission)
  return token
}

/** Switches a token off, or removes it for good: whoever uses it is signed out at once. */
export async function endAccessToken(
  app: Pick<App, 'access' | 'db' | 'unitOfWork'>,
  session: Session,
  tokenId: string,
  how: 'disable' | 'revoke',
): Promise<void> {
  const { id, user_id: userId } = await permittedAccessToken(app, session, tokenId, 'revoke_user_access_token')
  await app.unitOfWork(async (tx) => {
    const secret =
      how === 'revoke' ? await deleteAccessToken(tx.db, id) : await updateAccessTokenActive(tx.db, id, false)
    if (!secret) return
    await deleteSessionsOfToken(tx.db, secret)
    tx.changed({ kind: 'session', token: secret, userId })
  })
}

/** Switches a token on again. */
export async function enableAccessToken(
  app: Pick<App, 'access' | 'db' | 'unitOfWork'>,
  session: Session,
  tokenId: string,
): Promise<void> {
  const { id } = await permittedAccessToken(app, session, tokenId, 'create_user_access_token')
  await app.unitOfWork((tx) => updateAccessTokenActive(tx.db, id, true))
}
