import type { App } from '../app.ts'
import { enqueueMail } from '../notifications/email/enqueue-mail.ts'

/** What people are told by mail about their account. */
export type AccountMail =
  | { readonly kind: 'password_reset'; readonly email: string; readonly token: string }
  | { readonly kind: 'verify_email'; readonly email: string; readonly token: string; readonly redirectTo: string }
  | {
      readonly kind: 'password_changed'
      readonly userId: string
      readonly how: 'by the user' | 'by an administrator' | 'by a reset link'
    }
  | { readonly kind: 'mfa_changed'; readonly userId: string; readonly active: boolean }
  | { readonly kind: 'access_token_added'; readonly userId: string }
  | {
      readonly kind: 'sign_in_method_changed'
      readonly userId: string
      readonly method: string
      /** where to send it, if not to the account's address: the one it had before */
      readonly address?: string
    }

/**
 * Queues a mail; call it after the commit. Where the transaction is at hand, `enqueueMail` is better: nothing is lost between
 * the two. Tokens are never logged: whoever reads logs could take over accounts.
 */
export function queueMail(
  app: Pick<App, 'log' | 'unitOfWork'> & Partial<Pick<App, 'background'>>,
  mail: AccountMail,
): void {
  const queued = app.unitOfWork((tx) => enqueueMail(tx, mail))
  if (app.background) return app.background(queued)
  queued.catch((err: unknown) => app.log.error({ err, mail: mail.kind }, 'a mail to a user could not be queued'))
}
