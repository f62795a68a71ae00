import type { AccountMail } from '../../sessions/mails.ts'
import type { InvitationMail } from '../../teams/invitation-mails.ts'

/** A mail that is due, as it waits in the database. Those with tokens must not be logged. */
export type Mail = (AccountMail | ({ readonly kind: 'invitation' } & InvitationMail)) & {
  /** ms */
  readonly queuedAt: number
}

/** What a mail says, without the frame around it. */
export interface MailContent {
  readonly subject: string
  /** paragraphs */
  readonly lines: readonly string[]
  /** somebody's own words */
  readonly quote?: string
  /** what to press, and where it leads */
  readonly action?: { readonly label: string; readonly url: string }
  /** the small print: what to do if the mail is a surprise */
  readonly footer: string
}

/** Who gets a mail. */
export interface Recipient {
  readonly email: string
  readonly username: string
  readonly locale: string
}
