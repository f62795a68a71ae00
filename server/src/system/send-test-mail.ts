import type { App } from '../app.ts'
import type { Config } from '../config/config-types.ts'
import { nodeOf } from '../config/json-document.ts'
import { MASK } from '../config/mask.ts'
import { readDocument } from '../config/read-document.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { mailBody } from '../notifications/email/mail-layout.ts'
import { MailError, sendMailBy } from '../notifications/email/send-mail.ts'
import type { Session } from '../sessions/session.ts'
import { existingUser } from '../users/user-access.ts'
import { systemError } from './system.errors.ts'
import { testMailText } from './test-mail.texts.ts'

type EmailSettings = Config['EmailSettings']

/**
 * Sends the caller a mail, by the settings in use or by those of a configuration that is not saved yet. Throws 403, 400
 * for settings that cannot be tried, 500 with the reason when the mail server does not take it.
 */
export async function sendTestMail(app: Pick<App, 'access' | 'config' | 'db'>, session: Session, config: unknown) {
  if (!app.access.can(session, 'test_email')) throw noPermission('test_email')
  const current = app.config.get()
  const settings = config === undefined ? current.EmailSettings : settingsOf(config, current.EmailSettings)
  if (settings.SMTPServer.trim() === '') throw systemError('api.admin.test_email.missing_server')
  const EmailSettings = { ...settings, SMTPPassword: passwordFor(settings, current.EmailSettings) }
  const user = await existingUser(app, session.userId)
  const { ServiceSettings, SupportSettings, TeamSettings } = current
  const texts = testMailText(user.locale)
  const content = { subject: texts.subject(TeamSettings.SiteName), lines: [texts.line], footer: texts.footer }
  const url = ServiceSettings.SiteURL.replace(/\/+$/, '')
  const site = { name: TeamSettings.SiteName, url, supportEmail: SupportSettings.SupportEmail }
  const mail = { to: user.email, subject: content.subject, ...mailBody(content, user, site) }
  try {
    await sendMailBy({ ...current, EmailSettings }, mail)
  } catch (error) {
    throw error instanceof MailError ? systemError('app.admin.test_email.failure', { Error: error.message }) : error
  }
}

/** The mail settings of a configuration; what it leaves out is as it is now. */
function settingsOf(config: unknown, current: EmailSettings): EmailSettings {
  const { values, problems } = readDocument(nodeOf(config))
  if (problems.length > 0) throw invalidBody(problems[0]!.setting || 'config')
  const given = values.EmailSettings as Partial<EmailSettings> | undefined
  if (!given) throw systemError('api.file.test_connection_email_settings_nil.app_error')
  return { ...current, SMTPPassword: MASK, ...given }
}

/**
 * Puts the stored password in the place of its placeholder. Throws 400 for another server or user: somebody who may test
 * but not read secrets could otherwise have it sent to a server of his own.
 */
function passwordFor(settings: EmailSettings, current: EmailSettings): string {
  if (settings.SMTPPassword !== MASK) return settings.SMTPPassword
  const same = (['SMTPServer', 'SMTPPort', 'SMTPUsername'] as const).every((name) => settings[name] === current[name])
  if (!same && current.SMTPPassword !== '') throw systemError('api.admin.test_email.reenter_password')
  return current.SMTPPassword
}
