import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../../testkit/builders.ts'
import { MailServer } from '../../../../testkit/mail/index.ts'
import { TestServer } from '../../../../testkit/server.ts'
import { changeUser, PASSWORD, withPassword } from '../../sessions/sessions.fixture.ts'
import { enqueueMail } from './enqueue-mail.ts'
import { MailWorker } from './mail-worker.ts'

const SITE = 'https://chat.example.com/talk'
let server: TestServer
let mails: MailServer
let worker: MailWorker
let anna: Person
let admin: Person
beforeAll(async () => {
  mails = await MailServer.start()
  server = await TestServer.start({
    config: {
      ServiceSettings: { SiteURL: `${SITE}/`, EnableEmailInvitations: true },
      TeamSettings: { SiteName: 'Garden' },
      SupportSettings: { SupportEmail: 'help@example.com' },
      EmailSettings: {
        SMTPServer: '127.0.0.1',
        SMTPPort: String(mails.port),
        FeedbackName: '채팅 Garden',
        FeedbackEmail: 'chat@example.com',
        ReplyToAddress: 'reply@example.com',
      },
    },
  })
  worker = new MailWorker(server.app)
  worker.start()
  admin = await server.make.admin()
  anna = await withPassword(server, await server.make.user({ email: 'anna@example.com' }), {})
})
beforeEach(() => {
  mails.inbox.length = 0
})
afterAll(async () => {
  await worker.stop()
  await server.stop()
  await mails.stop()
})

const linkIn = (text: string): URL => new URL(/^https:\/\/chat\S+$/m.exec(text)![0])

test('a forgotten password: the mail, its headers, and the link that works', async () => {
  expect((await server.as().post('/users/password/reset/send', { email: 'anna@example.com' })).status).toBe(200)
  const mail = await mails.next('anna@example.com')
  expect([mail.from, mail.to, mail.subject]).toEqual([
    'chat@example.com',
    ['anna@example.com'],
    '[Garden] Choose a new password',
  ])
  expect(mail.header('From')).toMatch(/^"?채팅 Garden"? <chat@example\.com>$/)
  expect([mail.header('Reply-To'), mail.header('Auto-Submitted'), mail.header('Precedence')]).toEqual([
    'reply@example.com',
    'auto-generated',
    'bulk',
  ])
  expect([mail.header('Message-ID'), mail.helo]).toEqual([
    expect.stringMatching(/@chat\.example\.com>$/),
    'chat.example.com',
  ])
  const link = linkIn(mail.text)
  expect(link.origin + link.pathname).toBe(`${SITE}/reset_password_complete`)
  expect(mail.html).toContain(`href="${link.href.replaceAll('&', '&#38;')}"`)
  expect(mail.text).toContain(`Hello ${anna.username},`)
  expect(mail.text).toContain('help@example.com')
  const token = link.searchParams.get('token')
  expect((await server.as().post('/users/password/reset', { token, new_password: 'another 1 horse' })).status).toBe(200)
  expect((await mails.next('anna@example.com')).text).toContain('with a link that was mailed to you')
  await withPassword(server, anna, {})
})

test('an address is confirmed by the link, and a new address of an account gets the mail', async () => {
  const ben = await server.make.user({ email: 'ben@example.com' })
  await server.app.config.patch({ EmailSettings: { RequireEmailVerification: true } })
  await changeUser(server, ben, { emailverified: false, locale: 'ko' })
  expect((await server.as().post('/users/email/verify/send', { email: 'ben@example.com' })).status).toBe(200)
  const mail = await mails.next('ben@example.com')
  expect([mail.subject, mail.html.includes('<html lang="ko">')]).toEqual(['[Garden] 이메일 주소 확인', true])
  const link = linkIn(mail.text)
  expect([link.pathname, link.searchParams.get('email')]).toEqual(['/talk/do_verify_email', 'ben@example.com'])
  const verified = await server.as().post('/users/email/verify', { token: link.searchParams.get('token') })
  expect(verified.status).toBe(200)
  await server.app.config.patch({ EmailSettings: { RequireEmailVerification: false } })
})

test('people hear of what is done to their accounts', async () => {
  const cho = await withPassword(server, await server.make.user({ email: 'cho@example.com' }), {})
  const next = async () => (await mails.next('cho@example.com')).text
  await server.as(cho).put(`/users/${cho.id}/password`, { current_password: PASSWORD, new_password: 'another 1 horse' })
  expect(await next()).toContain('while you were signed in')
  await server.as(admin).put(`/users/${cho.id}/password`, { new_password: 'another 2 horses' })
  expect(await next()).toContain('An administrator has given you a new password')
  await server.app.config.patch({ ServiceSettings: { EnableUserAccessTokens: true } })
  const granted = await server
    .as(admin)
    .put(`/users/${cho.id}/roles`, { roles: 'system_user system_user_access_token' })
  expect(granted.status).toBe(200)
  expect((await server.as(cho).post(`/users/${cho.id}/tokens`, { description: 'bot' })).status).toBe(200)
  expect(await next()).toContain('A personal access token was made')
  // No password and no token of theirs stands in a mail.
  expect(mails.inbox).toEqual([])
})

test('a change of the sign-in method is told in the language of the account, to the old address too', async () => {
  const doh = await server.make.user({ email: 'doh@example.com' })
  await changeUser(server, doh, { locale: 'ko' })
  await server.app.unitOfWork(async (tx) => {
    for (const address of ['doh@example.com', 'old@example.com']) {
      await enqueueMail(tx, { kind: 'sign_in_method_changed', userId: doh.id, method: 'GitLab', address })
    }
  })
  for (const to of ['doh@example.com', 'old@example.com']) {
    const mail = await mails.next(to)
    expect(mail.subject).toBe('[Garden] 로그인 방식이 바뀌었습니다')
    expect(mail.text).toContain('이제 GitLab 계정으로 로그인합니다.')
  }
})

test('invitations name team and sender and carry their words as text, whatever those are', async () => {
  const team = await server.make.team([admin])
  await server.as(admin).put(`/teams/${team.id}/patch`, { display_name: '<b>Bulbs</b> & more' })
  const emails = ['new@example.com']
  const message = '<script>alert(1)</script>\nCome in!'
  expect((await server.as(admin).post(`/teams/${team.id}/invite/email`, { emails, message })).status).toBe(200)
  const mail = await mails.next('new@example.com')
  expect(mail.subject).toBe(`[Garden] ${admin.username} invites you to <b>Bulbs</b> & more`)
  expect(mail.html).not.toMatch(/<script|<b>/)
  const link = linkIn(mail.text)
  expect(link.pathname).toBe('/talk/signup_user_complete/')
  expect(JSON.parse(link.searchParams.get('d')!)).toMatchObject({ email: 'new@example.com', name: team.name })
  const account = { email: 'new@example.com', username: 'newcomer', password: 'eleven green apples' }
  const signedUp = await server.as().post(`/users?t=${link.searchParams.get('t')}`, account)
  expect(signedUp.status).toBe(201)
  expect((await server.as(admin).get(`/teams/${team.id}/members/${signedUp.body.id}`)).status).toBe(200)
})
