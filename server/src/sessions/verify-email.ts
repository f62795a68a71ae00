import type { App } from '../app.ts'
import { announceUser } from '../users/announce-user.ts'
import { userError } from '../users/users.errors.ts'
import { ownerOfEmail, updateVerifiedEmail } from './accounts.store.ts'
import { isMailToken, isTooOld } from './mail-links.ts'
import { passwordError } from './sessions.errors.ts'
import { takeMailToken } from './tokens.store.ts'

/**
 * The owner of an address follows the link that was mailed there: the address is verified and becomes the account's.
 * Throws 400 for an unknown, used or old link, and when another account has taken the address meanwhile.
 */
export async function verifyEmail(app: Pick<App, 'config' | 'unitOfWork'>, token: string): Promise<void> {
  if (!isMailToken(token)) throw passwordError('api.user.verify_email.bad_link.app_error')
  await app.unitOfWork(async (tx) => {
    const sent = await takeMailToken(tx.db, 'verify_email', token)
    if (!sent) throw passwordError('api.user.verify_email.bad_link.app_error')
    const now = Date.now()
    if (isTooOld(sent, now)) throw passwordError('api.user.verify_email.link_expired.app_error')
    const owner = await ownerOfEmail(tx.db, sent.email)
    if (owner !== '' && owner !== sent.userId) throw userError('app.user.save.email_exists.app_error')
    const known = await updateVerifiedEmail(tx.db, sent.userId, sent.email, now)
    if (!known) throw passwordError('api.user.verify_email.bad_link.app_error')
    await announceUser(app, tx, sent.userId)
  })
}
