import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { MailServer } from '../../../testkit/mail/index.ts'
import { TestServer } from '../../../testkit/server.ts'
import { MASK } from '../config/mask.ts'

const ACCOUNT = { user: 'outpost', password: 'the stored secret' }

let server: TestServer
let stored: MailServer
let other: MailServer
let admin: Person
let anna: Person

beforeAll(async () => {
  ;[stored, other] = await Promise.all([MailServer.start({ account: ACCOUNT }), MailServer.start()])
  server = await TestServer.start({
    config: {
      EmailSettings: {
        SMTPServer: '127.0.0.1',
        SMTPPort: String(stored.port),
        EnableSMTPAuth: true,
        SMTPUsername: ACCOUNT.user,
        SMTPPassword: ACCOUNT.password,
        FeedbackEmail: 'chat@example.com',
      },
    },
  })
  ;[admin, anna] = await Promise.all([server.make.admin(), server.make.user()])
})
afterAll(() => Promise.all([server.stop(), stored.stop(), other.stop()]))

const idOf = async (body: unknown) => {
  const answer = await server.as(admin).post('/email/test', body)
  return [answer.status, answer.body.id]
}

test('without a body, a mail by the settings in use, in the language of whoever asked', async () => {
  const address = (await server.as(admin).put('/users/me/patch', { locale: 'ko' })).body.email
  expect((await server.as(admin).post('/email/test')).body).toEqual({ status: 'OK' })
  const mail = await stored.next(address)
  expect([mail.user, mail.from]).toEqual([ACCOUNT.user, 'chat@example.com'])
  expect(mail.subject).toContain('시험 메일')
  expect((await server.as(anna).post('/email/test')).status).toBe(403)
  expect(stored.inbox).toEqual([])
})

test('the configuration of the console is tried as it is, its masked password meaning the stored one', async () => {
  const { body: config } = await server.as(admin).get('/config')
  expect(config.EmailSettings.SMTPPassword).toBe(MASK)
  config.EmailSettings.FeedbackEmail = 'changed@example.com'
  expect((await server.as(admin).post('/email/test', config)).status).toBe(200)
  expect(stored.inbox.splice(0).map((mail) => mail.from)).toEqual(['changed@example.com'])
  expect(server.app.config.get().EmailSettings.FeedbackEmail).toBe('chat@example.com')
})

test('the stored password goes to no other server, by whatever form it is asked for', async () => {
  const SMTPPort = String(other.port)
  const denied = [400, 'api.admin.test_email.reenter_password']
  for (const EmailSettings of [{ SMTPPort, SMTPPassword: MASK }, { SMTPPort }, { SMTPPort, SMTPPassword: null }])
    expect(await idOf({ EmailSettings })).toEqual(denied)
  expect(await idOf({ EmailSettings: { SMTPPort, EnableSMTPAuth: false, SMTPPassword: '' } })).toEqual([200, undefined])
  expect(other.inbox.splice(0).map((mail) => mail.user)).toEqual([''])
})

test('what cannot be tried or does not work says why', async () => {
  expect(await idOf({})).toEqual([400, 'api.file.test_connection_email_settings_nil.app_error'])
  expect(await idOf({ EmailSettings: { SMTPServer: '' } })).toEqual([400, 'api.admin.test_email.missing_server'])
  expect((await idOf({ EmailSettings: { SMTPServer: 1 } }))[0]).toBe(400)
  expect((await idOf('no JSON'))[0]).toBe(400)
  expect((await idOf(`"${'x'.repeat(2_000_000)}"`))[0]).toBe(413)
  const { status, body } = await server.as(admin).post('/email/test', { EmailSettings: { SMTPPassword: 'wrong' } })
  expect([status, body.id]).toEqual([500, 'app.admin.test_email.failure'])
  expect(body.message).toContain('EmailSettings.SMTPUsername')
  expect(body.message).not.toContain(ACCOUNT.password)
})
