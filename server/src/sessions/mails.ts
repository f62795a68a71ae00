import type { App } from '../app.ts'

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
  | { readonly kind: 'sign_in_method_changed'; readonly userId: string; readonly method: string }

/**
 * Hands a mail over for sending; call it after the commit. Nothing is sent yet. Tokens are never logged: whoever reads
 * logs could take over accounts.
 */
export function queueMail(app: Pick<App, 'log'>, mail: AccountMail): void {
  app.log.debug({ mail: mail.kind }, 'a mail to a user is due')
}
