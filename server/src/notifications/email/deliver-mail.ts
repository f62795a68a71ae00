import type { App } from '../../app.ts'
import { findTeamNames, findRecipient, findRecipientByEmail } from './recipients.store.ts'
import type { Mail, Recipient } from './mail.ts'
import { contentOf } from './mail-content.ts'
import { mailBody } from './mail-layout.ts'
import { sendMail } from './send-mail.ts'

type Parts = Pick<App, 'config' | 'db' | 'log'>

const DAY = 86_400_000
/** ms after which the link in a mail is dead, so that sending it would only confuse */
const LIFE: Partial<Record<Mail['kind'], number>> = { password_reset: DAY, verify_email: DAY, invitation: 2 * DAY }

/**
 * Sends a mail that was queued. Throws when it may be tried again later; what can never succeed is logged and over: the
 * account is gone, the link in it is dead, or the mail server refuses it for good.
 */
export async function deliverMail(app: Parts, mail: Mail): Promise<void> {
  const late = Date.now() - mail.queuedAt > (LIFE[mail.kind] ?? 7 * DAY)
  const recipient = late ? null : await recipientOf(app, mail)
  const facts = recipient && (await factsOf(app, mail, recipient))
  if (!facts) return app.log.info({ mail: mail.kind }, 'a mail was not sent: it is too late, or nobody is there')
  const { siteName, siteUrl } = facts
  const content = contentOf(mail, facts)
  if (content.action && siteUrl === '') {
    return app.log.error({ mail: mail.kind }, 'A mail with a link cannot be sent: set ServiceSettings.SiteURL.')
  }
  const supportEmail = app.config.get().SupportSettings.SupportEmail
  const body = mailBody(content, recipient, { name: siteName, url: siteUrl, supportEmail })
  try {
    const sent = await sendMail(app, { to: recipient.email, subject: content.subject, ...body })
    app.log.debug({ mail: mail.kind, sent }, 'a mail was handed to the mail server')
  } catch (error) {
    if (!(error as { isFinal?: boolean }).isFinal) throw error
    app.log.warn({ mail: mail.kind }, (error as Error).message)
  }
}

async function recipientOf(app: Parts, mail: Mail): Promise<Recipient | null> {
  const locale = app.config.get().LocalizationSettings.DefaultClientLocale
  switch (mail.kind) {
    case 'invitation':
      return { email: mail.to, username: '', locale }
    case 'password_reset':
      return findRecipientByEmail(app.db, mail.email)
    case 'verify_email':
      // A new address of an account is not in its row yet.
      return (await findRecipientByEmail(app.db, mail.email)) ?? { email: mail.email, username: '', locale }
    case 'sign_in_method_changed': {
      const owner = await findRecipient(app.db, mail.userId)
      return owner && { ...owner, email: mail.address ?? owner.email }
    }
    default:
      return findRecipient(app.db, mail.userId)
  }
}

async function factsOf(app: Parts, mail: Mail, recipient: Recipient) {
  const { ServiceSettings, TeamSettings } = app.config.get()
  const isInvitation = mail.kind === 'invitation'
  const team = isInvitation ? await findTeamNames(app.db, mail.teamId) : { name: '', displayName: '' }
  if (!team) return null
  const sender = isInvitation && mail.senderId ? await findRecipient(app.db, mail.senderId) : null
  return {
    recipient,
    siteName: TeamSettings.SiteName,
    siteUrl: ServiceSettings.SiteURL.replace(/\/+$/, ''),
    team,
    senderName: sender?.username ?? '',
  }
}
