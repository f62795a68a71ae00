import { createTransport } from 'nodemailer'
import type { App } from '../../app.ts'
import type { Config } from '../../config/config-types.ts'
import type { MailBody } from './mail-layout.ts'

export interface OutgoingMail extends MailBody {
  readonly to: string
  readonly subject: string
}

/** Why a mail did not leave. The message is for the operator: what to change. It holds no secret. */
export class MailError extends Error {
  override name = 'MailError'
  /** trying again would end the same way: the mail server refuses this very mail */
  readonly isFinal: boolean

  constructor(message: string, isFinal: boolean, cause: unknown) {
    super(message, { cause })
    this.isFinal = isFinal
  }
}

type EmailSettings = Config['EmailSettings']

/**
 * Hands a mail to the server of EmailSettings. False: there is none, so nothing is sent. Throws MailError. Passwords go
 * over an encrypted connection or to this machine only.
 */
export const sendMail = (app: Pick<App, 'config'>, mail: OutgoingMail): Promise<boolean> =>
  sendMailBy(app.config.get(), mail)

/** As `sendMail`, by settings that need not be those in use. */
export async function sendMailBy(
  { EmailSettings, ServiceSettings }: Pick<Config, 'EmailSettings' | 'ServiceSettings'>,
  mail: OutgoingMail,
): Promise<boolean> {
  if (EmailSettings.SMTPServer.trim() === '') return false
  const host = URL.parse(ServiceSettings.SiteURL)?.hostname ?? 'localhost'
  requireSafePassword(EmailSettings)
  const transport = createTransport(transportOptions(EmailSettings, host))
  try {
    await transport.sendMail({
      from: { name: EmailSettings.FeedbackName, address: EmailSettings.FeedbackEmail },
      ...(EmailSettings.ReplyToAddress && { replyTo: EmailSettings.ReplyToAddress }),
      to: { name: '', address: mail.to },
      // Lines in a name that somebody chose must not become headers.
      subject: mail.subject.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' '),
      text: mail.text,
      html: mail.html,
      // Absence notices must not answer.
      headers: { 'Auto-Submitted': 'auto-generated', Precedence: 'bulk' },
      messageId: `<${crypto.randomUUID()}@${host}>`,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    return true
  } catch (error) {
    throw explained(error, EmailSettings)
  } finally {
    transport.close()
  }
}

function transportOptions(settings: EmailSettings, name: string) {
  const timeout = Math.max(1, settings.SMTPServerTimeout) * 1000
  return {
    host: settings.SMTPServer.trim(),
    port: Number(settings.SMTPPort) || 25,
    name,
    secure: settings.ConnectionSecurity === 'TLS',
    requireTLS: settings.ConnectionSecurity === 'STARTTLS',
    ignoreTLS: settings.ConnectionSecurity === '',
    tls: { rejectUnauthorized: !settings.SkipServerCertificateVerification },
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout * 3,
    ...(settings.EnableSMTPAuth && { auth: { user: settings.SMTPUsername, pass: settings.SMTPPassword } }),
  }
}

function requireSafePassword({ EnableSMTPAuth, ConnectionSecurity, SMTPServer }: EmailSettings): void {
  const local = /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/.test(SMTPServer.trim())
  if (!EnableSMTPAuth || ConnectionSecurity !== '' || local) return
  const text =
    'The mail server wants a password, but EmailSettings.ConnectionSecurity is empty: it would travel readable.'
  throw new MailError(`${text} Set TLS or STARTTLS.`, false, undefined)
}

interface SmtpError {
  readonly code?: string
  readonly responseCode?: number
  readonly message: string
}

function explained(error: unknown, { SMTPServer, SMTPPort }: EmailSettings): MailError {
  const { code = '', responseCode = 0, message } = error as SmtpError
  const at = `The mail server ${SMTPServer}:${SMTPPort}`
  const said = message.replaceAll(/[\p{Cc}\s]+/gu, ' ').slice(0, 300)
  if (code === 'EENVELOPE' && responseCode >= 500)
    return new MailError(`${at} refuses an address: ${said}`, true, error)
  if (code === 'EMESSAGE' && responseCode >= 500) return new MailError(`${at} refuses a mail: ${said}`, true, error)
  if (code === 'EAUTH') {
    const how = 'Check EmailSettings.SMTPUsername and SMTPPassword.'
    return new MailError(`${at} refuses the sign-in: ${said} ${how}`, false, error)
  }
  if (/certificate|self.signed|altnames/i.test(message) || /CERT|SELF_SIGNED/.test(code)) {
    const how = 'Name its authority in SSL_CERT_FILE, or set EmailSettings.SkipServerCertificateVerification.'
    return new MailError(`${at} has a certificate that is not trusted: ${said}. ${how}`, false, error)
  }
  if (code === 'ETLS' || /STARTTLS|wrong version number/i.test(message)) {
    return new MailError(
      `${at} does not speak TLS this way: ${said}. Check ConnectionSecurity and SMTPPort.`,
      false,
      error,
    )
  }
  const how = 'Check EmailSettings.SMTPServer, SMTPPort and ConnectionSecurity.'
  return new MailError(`${at} did not take a mail: ${said} (${code}). ${how}`, false, error)
}
