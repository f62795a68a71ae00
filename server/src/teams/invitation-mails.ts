import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import type { InvitationType } from './invitations.store.ts'

/** What a mail that invites somebody is made of. */
export interface InvitationMail {
  readonly to: string
  readonly type: InvitationType
  /** the secret of the link `<SiteURL>/signup_user_complete/?d=…&t=<token>`: must not be logged */
  readonly token: string
  readonly teamId: string
  /** '' = the local administrator */
  readonly senderId: string
  readonly channelIds: readonly string[]
  /** the sender's own words */
  readonly message: string
}

/** Hands invitations over to the mails, in the transaction that makes their tokens. Until mails are sent, it only notes how many there are. */
export function queueInvitationMails(app: Pick<App, 'log'>, tx: Tx, mails: readonly InvitationMail[]): void {
  const [first] = mails
  if (!first) return
  const { teamId, type } = first
  tx.afterCommit(() => app.log.info({ teamId, type, count: mails.length }, 'invitations are ready to be mailed'))
}
