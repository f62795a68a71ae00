import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { enqueueMail } from '../notifications/email/enqueue-mail.ts'
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

/** Queues invitations in the transaction that makes their tokens. */
export async function queueInvitationMails(
  app: Pick<App, 'log'>,
  tx: Tx,
  mails: readonly InvitationMail[],
): Promise<void> {
  const [first] = mails
  if (!first) return
  const { teamId, type } = first
  for (const mail of mails) await enqueueMail(tx, { kind: 'invitation', ...mail })
  tx.afterCommit(() => app.log.info({ teamId, type, count: mails.length }, 'invitations are on their way'))
}
