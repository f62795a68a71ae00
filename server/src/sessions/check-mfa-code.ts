import type { Tx } from '../database/unit-of-work.ts'
import { lockMfa, updateUsedSteps } from './mfa.store.ts'
import { matchTotp, totpStep } from './totp.ts'

/** Codes older than this many steps cannot match any more, so their use need not be remembered. */
const REMEMBERED_STEPS = 2

/**
 * Whether `code` is one of the account's MFA codes around `now` (ms), and uses it up: somebody who saw it typed cannot
 * type it again.
 */
export async function checkMfaCode(tx: Tx, userId: string, code: string, now: number): Promise<boolean> {
  const mfa = await lockMfa(tx.db, userId)
  const step = mfa?.active ? matchTotp(mfa.secret, code, now) : null
  if (!mfa || step === null || mfa.usedSteps.includes(step)) return false
  const recent = mfa.usedSteps.filter((used) => used >= totpStep(now) - REMEMBERED_STEPS)
  await updateUsedSteps(tx.db, userId, [...recent, step])
  return true
}
