import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { totpCode, totpStep } from '../../server/src/sessions/totp.ts'
import { violations } from './axe.fixture.ts'

const totp = (secret: string, ahead = 0): string => totpCode(secret, totpStep(Date.now()) + ahead)

let browser: Browser
let server: TestServer

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const PASSWORD = 'eleven-green-apples'

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
}

async function signIn(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.goto('/login')
  await fill(page, { 'E-mail or username': name, Password: password })
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function expectNoBarriers(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([])
}

test('on a new server somebody makes the first account and the first team, and may write', async () => {
  const page = await openPage(browser, server)
  await page.goto('/')
  await page.getByRole('heading', { name: /Welcome to/ }).waitFor()
  await expectNoBarriers(page)
  await fill(page, { 'E-mail': 'anna@example.com', Username: 'anna', Password: 'short' })
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('alert').waitFor()
  await fill(page, { Password: PASSWORD })
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText('There is no team yet').waitFor()
  await page.getByRole('button', { name: 'Create a team' }).click()
  await page.getByLabel('Team name').fill('Garden & Friends')
  expect(await page.getByLabel('Address').inputValue()).toBe('garden-friends')
  await expectNoBarriers(page)
  await page.getByRole('button', { name: 'Create team' }).click()
  await page.waitForURL('**/garden-friends/channels/town-square')
  await page.getByRole('textbox', { name: /message/i }).waitFor()
})

test('a deep link leads through the sign-in and back; a wrong password says so', async () => {
  const page = await openPage(browser, server)
  await page.goto('/garden-friends/channels/off-topic')
  await page.waitForURL('**/login?redirect_to=*')
  await fill(page, { 'E-mail or username': 'anna', Password: 'wrong-password' })
  await page.getByRole('button', { name: 'Sign in' }).click()
  expect(await page.getByRole('alert').textContent()).toMatch(/password/i)
  await fill(page, { Password: PASSWORD })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/garden-friends/channels/off-topic')
})

test('a link to another site is not followed after the sign-in', async () => {
  for (const evil of ['//evil.example', 'https://evil.example/x', '/\\evil.example', 'javascript:alert(1)']) {
    const page = await openPage(browser, server)
    await page.goto(`/login?redirect_to=${encodeURIComponent(evil)}`)
    await fill(page, { 'E-mail or username': 'anna', Password: PASSWORD })
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/garden-friends/channels/*')
    await page.context().close()
  }
})

test('a link of a team invites; an old one says that it is not valid any more', async () => {
  const anna = await server.as().post('/users/login', { login_id: 'anna', password: PASSWORD })
  const token = anna.headers.get('token')!
  const { body: teams } = await server.as({ token }).get('/users/me/teams')
  const page = await openPage(browser, server)
  await page.goto('/signup_user_complete?id=aaaaaaaaaaaaaaaaaaaaaaaaaa')
  await page.getByText('not valid any more').waitFor()
  await page.goto(`/signup_user_complete?id=${teams[0].invite_id}`)
  await page.getByRole('heading', { name: 'Join Garden & Friends' }).waitFor()
  await fill(page, { 'E-mail': 'ben@example.com', Username: 'ben', Password: PASSWORD })
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/garden-friends/channels/*')
})

test('somebody with a second factor is asked for its code', async () => {
  await server.app.config.patch({ ServiceSettings: { EnableMultifactorAuthentication: true } })
  const login = await server.as().post('/users/login', { login_id: 'ben', password: PASSWORD })
  const ben = { token: login.headers.get('token')! }
  const { body: made } = await server.as(ben).post('/users/me/mfa/generate')
  const used = await server.as(ben).put('/users/me/mfa', { activate: true, code: totp(made.secret) })
  expect(used.status).toBe(200)
  const page = await openPage(browser, server)
  await signIn(page, 'ben')
  await page.getByLabel('Code from your authenticator app').fill('000000')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').waitFor()
  // The code of this half minute is used up; that of the next one is accepted too.
  await page.getByLabel('Code from your authenticator app').fill(totp(made.secret, 1))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/garden-friends/channels/*')
})

test('whoever forgot the password is told the same, known or not', async () => {
  const page = await openPage(browser, server)
  for (const email of ['anna@example.com', 'nobody@example.com']) {
    await page.goto('/reset_password')
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Send link' }).click()
    await page.getByText(`If ${email} belongs to an account`).waitFor()
  }
  await page.goto('/reset_password_complete?token=not-a-token')
  await page.getByLabel('New password').fill('another-long-one')
  await page.getByRole('button', { name: 'Save password' }).click()
  await page.getByRole('alert').waitFor()
})

test('words in an address of the error page are shown only when the server signed them', async () => {
  const page = await openPage(browser, server)
  await page.goto('/error?message=Send%20your%20password%20to%20mallory')
  await page.getByText('Something went wrong').waitFor()
  expect(await page.getByText('mallory').count()).toBe(0)
  await page.goto('/oauth/gitlab/login')
  await page.waitForURL('**/error?*')
  await page.getByRole('heading', { name: 'That did not work' }).waitFor()
  expect(await page.getByText('Something went wrong').count()).toBe(0)
})

test('visitors read Korean where their browser does, and may choose', async () => {
  const page = await openPage(browser, server, { locale: 'ko-KR', colorScheme: 'dark' })
  await page.goto('/login')
  await page.getByRole('button', { name: '로그인' }).waitFor()
  await expectNoBarriers(page)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
})

test('signing out ends the session', async () => {
  const page = await openPage(browser, server)
  await signIn(page, 'anna')
  await page.waitForURL('**/channels/*')
  await page.goto('/select_team')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/login')
  await page.goto('/garden-friends')
  await page.waitForURL('**/login?redirect_to=*')
})

test('where there are no terms of service, their page says so and leads back', async () => {
  const page = await openPage(browser, server)
  await signIn(page, 'anna')
  await page.waitForURL('**/channels/*')
  await page.goto('/terms_of_service')
  await page.getByText('This server has no terms of service').waitFor()
  expect(await page.getByRole('button').count()).toBe(0)
  expect(await page.getByRole('alert').count()).toBe(0)
  await expectNoBarriers(page)
  await page.getByRole('link', { name: 'Back to the start' }).click()
  await page.waitForURL('**/garden-friends/channels/*')
})

test('terms of service are agreed to before anything else, once', async () => {
  await server.app.config.patch({ SupportSettings: { CustomTermsOfServiceEnabled: true } })
  const login = await server.as().post('/users/login', { login_id: 'anna', password: PASSWORD })
  const anna = { token: login.headers.get('token')! }
  const made = await server.as(anna).post('/terms_of_service', { text: 'Be **kind** to each other.' })
  expect(made.status).toBe(200)
  const page = await openPage(browser, server)
  await signIn(page, 'anna')
  await page.getByText('Be kind to each other.').waitFor()
  await expectNoBarriers(page)
  await page.getByRole('button', { name: 'I agree' }).click()
  await page.waitForURL('**/garden-friends/channels/*')
  await page.goto('/garden-friends')
  await page.waitForURL('**/garden-friends/channels/*')
  await server.app.config.patch({ SupportSettings: { CustomTermsOfServiceEnabled: false } })
})

test('where the server demands a second factor, it is set up first', async () => {
  await server.app.config.patch({ ServiceSettings: { EnforceMultifactorAuthentication: true } })
  const page = await openPage(browser, server)
  await signIn(page, 'anna')
  await page.getByRole('heading', { name: 'Set up multi-factor sign-in' }).waitFor()
  const secret = await page.locator('code').textContent()
  await page.getByLabel('Code').fill(totp(secret ?? ''))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.waitForURL('**/garden-friends/channels/*')
  await server.app.config.patch({ ServiceSettings: { EnforceMultifactorAuthentication: false } })
})
