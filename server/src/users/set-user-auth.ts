import type { App } from '../app.ts'
import { noteLink } from '../gitlab/login/link-account.ts'
import { announceUser } from './announce-user.ts'
import { existingUser } from './user-access.ts'
import { asUserConflict } from './user-conflict.ts'
import { userError } from './users.errors.ts'
import { lockUser, updateUserRow } from './users.store.ts'

const SERVICES = new Set(['gitlab', 'google', 'office365', 'openid', 'ldap', 'saml'])

export interface UserAuth {
  readonly auth_service: string
  readonly auth_data: string
}

/**
 * Ties an account to an id at a sign-in service; its password is gone with that. Throws 404, 400 for an unknown
 * service, an empty id, a bot, or an id that another account is tied to. Only for holders of manage_system.
 */
export async function setUserAuth(app: App, userId: string, auth: UserAuth): Promise<UserAuth> {
  const user = await existingUser(app, userId)
  if (user.is_bot || !SERVICES.has(auth.auth_service) || auth.auth_data === '') {
    throw userError('api.user.update_user_auth.invalid_request')
  }
  if (auth.auth_data.length > 128) throw userError('model.user.is_valid.auth_data.app_error')
  await app.unitOfWork(async (tx) => {
    await lockUser(tx.db, userId)
    const now = Date.now()
    const columns = { authservice: auth.auth_service, authdata: auth.auth_data, password: '', failedattempts: 0 }
    await updateUserRow(tx.db, userId, { ...columns, lastpasswordupdate: now, updateat: now }).catch(
      (error: unknown) => {
        throw asUserConflict(error)
      },
    )
    if (auth.auth_service === 'gitlab') await noteLink(app, tx, userId, auth.auth_data)
    await announceUser(app, tx, userId)
  })
  return auth
}
