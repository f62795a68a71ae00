import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import tls from 'node:tls'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../../testkit/builders.ts'
import { makeAuthority } from '../../../../testkit/gitlab/certificates.ts'
import type { PrivateAuthority } from '../../../../testkit/gitlab/certificates.ts'
import { MailServer } from '../../../../testkit/mail/index.ts'
import type { MailServerOptions } from '../../../../testkit/mail/index.ts'
import { TestServer } from '../../../../testkit/server.ts'
import type { Config } from '../../config/config-types.ts'
import { TASKS_SCHEMA } from '../../database/task-tables.ts'
import { queueMail } from '../../sessions/mails.ts'
import { changeUser } from '../../sessions/sessions.fixture.ts'
import { deliverMail } from './deliver-mail.ts'
import { enqueueMail } from './enqueue-mail.ts'
import type { Mail } from './mail.ts'
import { MailWorker } from './mail-worker.ts'
import { sendMail } from './send-mail.ts'

const usual = tls.getCACertificates('default')
const logged: string[] = []
let folder: string
let authority: PrivateAuthority
let server: TestServer
let anna: Person
let mails: MailServer | undefined
let settings: Config['EmailSettings']
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outpost-mail-'))
  authority = await makeAuthority(folder, ['IP:127.0.0.1', 'DNS:localhost'])
  server = await TestServer.start({ config: { ServiceSettings: { SiteURL: 'https://chat.example.com' } } })
  anna = await server.make.user({ email: 'anna@example.com' })
  settings = server.app.config.get().EmailSettings
  const sink = new Writable({ write: (chunk, _encoding, done) => (logged.push(String(chunk)), done()) })
  Object.assign(server.app, { log: pino({ level: 'debug' }, sink) })
})
beforeEach(() => {
  logged.length = 0
})
afterEach(async () => {
  tls.setDefaultCACertificates(usual)
  await mails?.stop()
  await server.app.config.patch({ EmailSettings: settings })
  await server.app.pool.query(`DELETE FROM ${TASKS_SCHEMA}._private_jobs`)
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

/** A mail server that Outpost sends to, with these settings. */
async function using(options: MailServerOptions, change: Partial<Config['EmailSettings']> = {}): Promise<MailServer> {
  mails = await MailServer.start(options)
  const SMTPPort = String(mails.port)
  await server.app.config.patch({ EmailSettings: { SMTPServer: '127.0.0.1', SMTPPort, ...change } })
  return mails
}

const trustAuthority = () => tls.setDefaultCACertificates([...usual, authority.ca])
const letter = { to: 'anna@example.com', subject: 'Hello', text: 'text', html: '<p>text</p>' }
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: Error) => error.message,
  )

test.each([
  ['TLS', { secure: true }],
  ['STARTTLS', {}],
] as const)('%s, with a password', async (ConnectionSecurity, options) => {
  const account = { user: 'chat', password: 'pass word' }
  const { inbox } = await using(
    { ...options, key: authority.key, cert: authority.cert, account },
    { ConnectionSecurity, EnableSMTPAuth: true, SMTPUsername: 'chat', SMTPPassword: 'pass word' },
  )
  expect(await failure(sendMail(server.app, letter))).toMatch(/certificate that is not trusted.*SSL_CERT_FILE/)
  trustAuthority()
  expect(await sendMail(server.app, letter)).toBe(true)
  expect(inbox).toMatchObject([{ secure: true, user: 'chat', subject: 'Hello', text: 'text' }])
  await server.app.config.patch({ EmailSettings: { SMTPPassword: 'wrong' } })
  const said = await failure(sendMail(server.app, letter))
  expect([said.includes('SMTPUsername'), said.includes('wrong password')]).toEqual([true, false])
  tls.setDefaultCACertificates(usual)
  await server.app.config.patch({
    EmailSettings: { SMTPPassword: 'pass word', SkipServerCertificateVerification: true },
  })
  expect(await sendMail(server.app, letter)).toBe(true)
})

test('STARTTLS is not given up when the server does not offer it, and a password never travels readable', async () => {
  const { inbox } = await using({ hideSTARTTLS: true }, { ConnectionSecurity: 'STARTTLS' })
  expect(await failure(sendMail(server.app, letter))).toMatch(/does not speak TLS this way/)
  const readable = { ConnectionSecurity: '', EnableSMTPAuth: true, SMTPServer: 'mail.example.com' }
  await server.app.config.patch({ EmailSettings: readable })
  expect(await failure(sendMail(server.app, letter))).toMatch(/Set TLS or STARTTLS/)
  expect(inbox).toEqual([])
})

test('without a mail server nothing is sent, and a name cannot add headers', async () => {
  const { inbox } = await using({})
  const subject = 'Hello\r\nBcc: everybody@example.com\u2028x'
  expect(await sendMail(server.app, { ...letter, subject })).toBe(true)
  expect(inbox[0]).toMatchObject({ to: ['anna@example.com'], subject: 'Hello Bcc: everybody@example.com x' })
  expect(inbox[0]!.header('Bcc')).toBe('')
})

test('what can never arrive is not tried again', async () => {
  const { inbox } = await using({ refuses: () => true })
  const notice = { kind: 'mfa_changed', userId: anna.id, active: true, queuedAt: Date.now() } as const
  await deliverMail(server.app, notice)
  expect(logged.join('')).toMatch(/refuses an address/)
  for (const late of [
    { kind: 'password_reset', email: 'anna@example.com', token: 't', queuedAt: Date.now() - 86_400_001 },
    { ...notice, userId: 'gone' },
  ] as Mail[])
    await deliverMail(server.app, late)
  expect(logged.join('')).toMatch(/too late, or nobody is there/)
  await changeUser(server, anna, { deleteat: 1 })
  await deliverMail(server.app, notice)
  await changeUser(server, anna, { deleteat: 0 })
  await server.app.config.patch({ ServiceSettings: { SiteURL: '' } })
  await deliverMail(server.app, {
    kind: 'password_reset',
    email: 'anna@example.com',
    token: 'tt',
    queuedAt: Date.now(),
  })
  await server.app.config.patch({ ServiceSettings: { SiteURL: 'https://chat.example.com' } })
  expect(logged.join('')).toMatch(/set ServiceSettings\.SiteURL/)
  expect(inbox).toEqual([])
})

test('a mail waits for a mail server that is down or busy, and for a server that is started again', async () => {
  const jobs = async () =>
    (await server.app.pool.query<{ attempts: number; last_error: string }>(`SELECT * FROM ${TASKS_SCHEMA}.jobs`)).rows
  /** What a clock would do in the end. */
  const due = () => server.app.pool.query(`UPDATE ${TASKS_SCHEMA}._private_jobs SET run_at = now()`)
  let busy = true
  const { inbox, port } = await using({ busy: () => busy })
  await server.app.config.patch({ EmailSettings: { SMTPPort: '1' } })
  queueMail(server.app, { kind: 'mfa_changed', userId: anna.id, active: true })
  const untilFailed = async (text: RegExp) => {
    const worker = new MailWorker(server.app)
    worker.start()
    while (!(await jobs()).some((job) => text.test(job.last_error))) await new Promise((done) => setImmediate(done))
    await worker.stop()
  }
  await untilFailed(/did not take a mail.*ECONNREFUSED.*SMTPServer/)
  await server.app.config.patch({ EmailSettings: { SMTPPort: String(port) } })
  await due()
  await untilFailed(/Try again later/)
  expect([(await jobs()).map((job) => job.attempts), inbox]).toEqual([[2], []])
  busy = false
  await due()
  const worker = new MailWorker(server.app)
  worker.start()
  expect((await mails!.next('anna@example.com')).text).toContain('code from your phone')
  await worker.stop()
  expect(await jobs()).toEqual([])
})

test('a mail that was tried often enough is given up, told, and not kept', async () => {
  await server.app.config.patch({ EmailSettings: { SMTPServer: '127.0.0.1', SMTPPort: '1' } })
  mails = undefined
  await server.app.unitOfWork((tx) => enqueueMail(tx, { kind: 'mfa_changed', userId: anna.id, active: true }))
  await server.app.pool.query(`UPDATE ${TASKS_SCHEMA}._private_jobs SET attempts = max_attempts - 1`)
  const worker = new MailWorker(server.app)
  worker.start()
  while ((await server.app.pool.query(`SELECT FROM ${TASKS_SCHEMA}.jobs`)).rowCount)
    await new Promise((done) => setImmediate(done))
  await worker.stop()
  expect(logged.join('')).toMatch(/given up after 14 attempts.*ECONNREFUSED/)
})

test('of links that were asked for again and again, the last one is sent', async () => {
  const reset = (token: string) =>
    server.app.unitOfWork((tx) => enqueueMail(tx, { kind: 'password_reset', email: 'anna@example.com', token }))
  for (const token of ['first', 'second', 'third']) await reset(token)
  const receiver = await using({})
  const worker = new MailWorker(server.app)
  worker.start()
  expect((await receiver.next('anna@example.com')).text).toContain('token=third')
  await worker.stop()
  expect(receiver.inbox).toEqual([])
})

test('a mail whose transaction fails does not exist', async () => {
  const failed = server.app.unitOfWork(async (tx) => {
    await enqueueMail(tx, { kind: 'mfa_changed', userId: anna.id, active: false })
    throw new Error('no')
  })
  expect(await failure(failed)).toBe('no')
  expect((await server.app.pool.query(`SELECT FROM ${TASKS_SCHEMA}.jobs`)).rowCount).toBe(0)
})
