import QRCode from 'qrcode'
import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { announceUser } from '../users/announce-user.ts'
import { existingUser } from '../users/user-access.ts'
import type { User } from '../users/user.ts'
import { queueMail } from './mails.ts'
import { lockMfa, updateMfaActive, updateMfaSecret } from './mfa.store.ts'
import { mfaError } from './sessions.errors.ts'
import { matchTotp, newTotpSecret, totpAddress } from './totp.ts'

type Parts = Pick<App, 'config' | 'db' | 'unitOfWork' | 'log'>

/** A secret for an authenticator app, as text and as a picture to scan: base64 of a PNG. */
export interface MfaSecret {
  readonly secret: string
  readonly qr_code: string
}

/** Gives an account a new MFA secret, which does nothing until a code of it is shown to `activateMfa`. */
export async function generateMfaSecret(app: Parts, userId: string): Promise<MfaSecret> {
  const user = await mfaUser(app, userId)
  const secret = newTotpSecret()
  const issuer = app.config.get().TeamSettings.SiteName
  const picture = await QRCode.toBuffer(totpAddress(issuer, user.email, secret), { type: 'png', scale: 6 })
  await app.unitOfWork(async (tx) => {
    await updateMfaSecret(tx.db, userId, secret, Date.now())
    tx.changed({ kind: 'user', userId })
  })
  return { secret, qr_code: picture.toString('base64') }
}

/** Switches MFA on for an account that shows a code of its secret. Throws 401 for a wrong code, 400 without one. */
export async function activateMfa(app: Parts, userId: string, code: string): Promise<void> {
  if (code === '') throw invalidBody('code')
  await mfaUser(app, userId)
  await app.unitOfWork(async (tx) => {
    const mfa = await lockMfa(tx.db, userId)
    const now = Date.now()
    const step = matchTotp(mfa?.secret ?? '', code, now)
    if (step === null) throw mfaError('ent.mfa.activate.authenticate.app_error')
    await updateMfaActive(tx.db, userId, { active: true, usedStep: step, now })
    await announceUser(app, tx, userId)
  })
  queueMail(app, { kind: 'mfa_changed', userId, active: true })
}

/** Switches MFA off and forgets the secret; also while MFA is switched off on the server. */
export async function deactivateMfa(app: Parts, userId: string): Promise<void> {
  await existingUser(app, userId)
  await app.unitOfWork(async (tx) => {
    await updateMfaActive(tx.db, userId, { active: false, now: Date.now() })
    await announceUser(app, tx, userId)
  })
  queueMail(app, { kind: 'mfa_changed', userId, active: false })
}

/** The account, if MFA is on here and the account has a password of its own. Throws 501 or 400. */
async function mfaUser(app: Parts, userId: string): Promise<User> {
  if (!app.config.get().ServiceSettings.EnableMultifactorAuthentication) throw mfaError('mfa.mfa_disabled.app_error')
  const user = await existingUser(app, userId)
  if (user.auth_service !== '' && user.auth_service !== 'ldap') {
    throw mfaError('api.user.activate_mfa.email_and_ldap_only.app_error')
  }
  return user
}
