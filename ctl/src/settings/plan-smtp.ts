import type { Reader } from './reader.ts'

/** How GitLab sends mail, said in the server's own settings. */
export interface SmtpPlan {
  /** Names of `EmailSettings` with their values; empty when GitLab has no mail server. Holds a password. */
  readonly settings: Readonly<Record<string, string>>
  /** What has no counterpart, and what to do about it. */
  readonly left: readonly string[]
}

/** Reads `gitlab_rails['smtp_…']`. Mistakes in them are noted in the reader's report. */
export function planSmtp(reader: Reader): SmtpPlan {
  const text = (key: string): string => reader.text(`gitlab_rails.${key}`, '')
  if (reader.flag('gitlab_rails.smtp_enable') !== true)
    return {
      settings: {},
      left: [
        "gitlab_rails['smtp_enable'] is not true: GitLab gives its mail to this machine's own mail service. The chat can too: MM_EMAILSETTINGS_SMTPSERVER 127.0.0.1, MM_EMAILSETTINGS_SMTPPORT 25.",
      ],
    }
  const left: string[] = []
  const port = reader.integer('gitlab_rails.smtp_port', { min: 1, max: 65_535 }, 25)
  const settings: Record<string, string> = {
    SMTPServer: text('smtp_address') || 'localhost',
    SMTPPort: String(port),
    ConnectionSecurity: securityOf(reader, port, left),
    ...signIn(reader, left),
    ...senders(text),
  }
  if (verifiesNothing(reader)) settings.SkipServerCertificateVerification = 'true'
  const patience = reader.integer('gitlab_rails.smtp_open_timeout', { min: 1, max: 3600 })
  if (patience !== undefined) settings.SMTPServerTimeout = String(patience)
  left.push(...withoutCounterpart(reader))
  return { settings, left }
}

/** GitLab's STARTTLS is used where it is offered; the chat's is either demanded or left out. */
function securityOf(reader: Reader, port: number, left: string[]): string {
  if (reader.flag('gitlab_rails.smtp_tls', false) || reader.flag('gitlab_rails.smtp_ssl', false)) return 'TLS'
  const wanted = reader.flag('gitlab_rails.smtp_enable_starttls_auto')
  if (reader.flag('gitlab_rails.smtp_enable_starttls', false) || wanted) return 'STARTTLS'
  if (wanted === undefined && port === 587) return 'STARTTLS'
  if (wanted === undefined)
    left.push(
      'GitLab would use STARTTLS where the mail server offers it. The chat is set to plain text; if the server offers it, set MM_EMAILSETTINGS_CONNECTIONSECURITY to STARTTLS.',
    )
  return ''
}

function signIn(reader: Reader, left: string[]): Record<string, string> {
  const username = reader.text('gitlab_rails.smtp_user_name', '')
  const value = reader.value('gitlab_rails.smtp_authentication')
  const method = value === false || value === null ? '' : reader.text('gitlab_rails.smtp_authentication', '')
  if (username === '' || value === false || method === 'none') return {}
  if (method !== '' && !['plain', 'login'].includes(method))
    left.push(`The chat signs in with PLAIN or LOGIN; gitlab_rails['smtp_authentication'] is ${method}.`)
  const password = reader.text('gitlab_rails.smtp_password', '')
  if (password === '')
    left.push("There is no gitlab_rails['smtp_password']; set MM_EMAILSETTINGS_SMTPPASSWORD by hand.")
  return { EnableSMTPAuth: 'true', SMTPUsername: username, SMTPPassword: password }
}

function senders(text: (key: string) => string): Record<string, string> {
  const from = text('gitlab_email_from')
  const reply = text('gitlab_email_reply_to') || from
  return { ...(from && { FeedbackEmail: from }), ...(reply && { ReplyToAddress: reply }) }
}

const verifiesNothing = (reader: Reader): boolean =>
  /^(none|0)$/.test(reader.text('gitlab_rails.smtp_openssl_verify_mode', ''))

function withoutCounterpart(reader: Reader): string[] {
  const set = (key: string): boolean => reader.isSet(`gitlab_rails.${key}`)
  return [
    ...(['smtp_ca_file', 'smtp_ca_path'].some(set)
      ? ["Put the certificate of gitlab_rails['smtp_ca_file'] into /etc/gitlab/trusted-certs, where the chat looks."]
      : []),
    ...(set('smtp_domain') ? ["gitlab_rails['smtp_domain']: the chat greets with the host of its own address."] : []),
    ...(reader.flag('gitlab_rails.gitlab_email_enabled', true)
      ? []
      : ["gitlab_rails['gitlab_email_enabled'] is false: GitLab itself sends no mail at all."]),
  ]
}
