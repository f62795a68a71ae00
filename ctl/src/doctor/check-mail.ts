import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { once } from 'node:events'
import { reasonOf } from '../cli/problem.ts'
import { fail, ok, warn, type Finding, type Patient } from './finding.ts'

/** ms; a mail server that asks who we are may take its time */
const PATIENCE = 20_000

/** Whether the mail server takes the first steps of a delivery. No mail is sent, no password is shown. */
export async function checkMail(patient: Patient): Promise<Finding[]> {
  const mail = await readMailSettings(patient)
  if (mail.SendEmailNotifications === 'false') return [ok('E-mail is switched off.')]
  const { SMTPServer: host, SMTPPort: port, ConnectionSecurity: security } = mail
  const repair =
    "Set the mail server in the System Console, in config.json or in mattermost['env'] (MM_EMAILSETTINGS_SMTPSERVER, …)."
  if (!host || (host === 'localhost' && port === '10025'))
    return [warn('No mail server is set: nobody gets notifications or can reset a password by e-mail.', repair)]
  const insecure = mail.SkipServerCertificateVerification === 'true'
  try {
    await greet(host, Number(port), { security, insecure })
    return [ok(`The mail server ${host}:${port} answers${security ? ` with ${security}` : ''}.`)]
  } catch (error) {
    return [fail(`The mail server ${host}:${port} does not work: ${reasonOf(error)}`, repair)]
  }
}

const NAMES = [
  'SendEmailNotifications',
  'SMTPServer',
  'SMTPPort',
  'ConnectionSecurity',
  'SkipServerCertificateVerification',
] as const

/** As the server sees them: the environment over config.json over the defaults. */
async function readMailSettings({ settings }: Patient): Promise<Record<(typeof NAMES)[number], string>> {
  const text = await readFile(settings.directories.configFile, 'utf8').catch(() => '{}')
  const file = (JSON.parse(text) as { EmailSettings?: Record<string, unknown> }).EmailSettings ?? {}
  const defaults: Record<string, string> = {
    SendEmailNotifications: 'true',
    SMTPServer: 'localhost',
    SMTPPort: '10025',
  }
  const valueOf = (name: string): string => {
    const fromEnv = settings.env[`MM_EMAILSETTINGS_${name.toUpperCase()}`]
    const stored = file[name]
    const fromFile = ['string', 'boolean', 'number'].includes(typeof stored) ? String(stored) : undefined
    return fromEnv || (fromFile ?? defaults[name] ?? '')
  }
  return Object.fromEntries(NAMES.map((name) => [name, valueOf(name)])) as Record<(typeof NAMES)[number], string>
}

async function greet(host: string, port: number, how: { security: string; insecure: boolean }): Promise<void> {
  const tls = { host, port, servername: host, rejectUnauthorized: !how.insecure }
  const socket = how.security === 'TLS' ? connectTls(tls) : connect({ host, port })
  socket.setTimeout(PATIENCE, () => socket.destroy(new Error('it does not answer in time')))
  try {
    await once(socket, how.security === 'TLS' ? 'secureConnect' : 'connect')
    await expect(socket, 220)
    const offers = await ask(socket, 'EHLO outpost.local', 250)
    if (how.security !== 'STARTTLS') return
    if (!/STARTTLS/i.test(offers)) throw new Error('it does not offer STARTTLS')
    await ask(socket, 'STARTTLS', 220)
    const secure = connectTls({ socket, servername: host, rejectUnauthorized: !how.insecure })
    await once(secure, 'secureConnect')
    await ask(secure, 'EHLO outpost.local', 250)
  } finally {
    socket.destroy()
  }
}

async function ask(socket: Socket, line: string, code: number): Promise<string> {
  socket.write(`${line}\r\n`)
  return expect(socket, code)
}

/** A reply of SMTP: lines with the code and `-`, the last one with a blank. */
async function expect(socket: Socket, code: number): Promise<string> {
  let text = ''
  while (!/^\d{3} .*\r?\n$/m.test(text)) {
    const [chunk] = (await Promise.race([once(socket, 'data'), ended(socket)])) as [Buffer]
    text += chunk.toString('latin1')
    if (text.length > 20_000) throw new Error('it says too much')
  }
  if (text.startsWith(String(code))) return text
  throw new Error(`it answered: ${text.trim().slice(0, 200)}`)
}

async function ended(socket: Socket): Promise<never> {
  await once(socket, 'close')
  throw new Error('it closed the connection')
}
