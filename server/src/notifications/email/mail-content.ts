import type { Mail, MailContent, Recipient } from './mail.ts'
import { mailTextsFor } from './mail-texts.ts'

/** What the content of a mail is made from besides the mail itself. */
export interface MailFacts {
  readonly recipient: Recipient
  readonly siteName: string
  /** without a slash at its end */
  readonly siteUrl: string
  /** of an invitation */
  readonly team: { readonly name: string; readonly displayName: string }
  /** how the sender of an invitation is called, '' = nobody to be named */
  readonly senderName: string
}

/** The words of a mail in its recipient's language. */
export function contentOf(mail: Mail, facts: MailFacts): MailContent {
  const { recipient, siteName, siteUrl } = facts
  const texts = mailTextsFor(recipient.locale)
  const surprise = texts.surprise(siteName)
  switch (mail.kind) {
    case 'password_reset': {
      const { subject, line, label } = texts.password_reset
      const url = `${siteUrl}/reset_password_complete?${new URLSearchParams({ token: mail.token }).toString()}`
      return { subject: subject(siteName), lines: [line], action: { label, url }, footer: texts.ignore }
    }
    case 'verify_email': {
      const { subject, line, label } = texts.verify_email
      const action = { label, url: verifyUrl(siteUrl, mail) }
      return { subject: subject(siteName), lines: [line(mail.email)], action, footer: texts.ignore }
    }
    case 'password_changed': {
      const own = texts.password_changed
      return { subject: own.subject(siteName), lines: [own[mail.how]], footer: surprise }
    }
    case 'mfa_changed': {
      const { subject, on, off } = texts.mfa_changed
      return { subject: subject(siteName), lines: [mail.active ? on : off], footer: surprise }
    }
    case 'access_token_added': {
      const { subject, line } = texts.access_token_added
      return { subject: subject(siteName), lines: [line], footer: surprise }
    }
    case 'sign_in_method_changed': {
      const { subject, line, account, password } = texts.sign_in_method_changed
      const way = mail.method === 'email' ? password : account(mail.method)
      return { subject: subject(siteName), lines: [line(way)], footer: surprise }
    }
    case 'invitation':
      return invitation(mail, facts)
  }
}

function verifyUrl(siteUrl: string, mail: { token: string; email: string; redirectTo: string }): string {
  const { token, email, redirectTo } = mail
  const query = new URLSearchParams({ token, email, ...(redirectTo && { redirect_to: redirectTo }) })
  return `${siteUrl}/do_verify_email?${query.toString()}`
}

function invitation(mail: Extract<Mail, { kind: 'invitation' }>, facts: MailFacts): MailContent {
  const { recipient, siteName, siteUrl, team, senderName } = facts
  const texts = mailTextsFor(recipient.locale)
  const { subject, line, guest, label } = texts.invitation
  // The sign-up page shows these before anything has been asked of the server; the token alone decides.
  const d = JSON.stringify({ email: mail.to, display_name: team.displayName, name: team.name })
  const url = `${siteUrl}/signup_user_complete/?${new URLSearchParams({ d, t: mail.token }).toString()}`
  return {
    subject: subject(siteName, senderName, team.displayName),
    lines: [(mail.type === 'guest_invitation' ? guest : line)(siteName, team.displayName)],
    ...(mail.message && { quote: mail.message }),
    action: { label, url },
    footer: texts.ignore,
  }
}
