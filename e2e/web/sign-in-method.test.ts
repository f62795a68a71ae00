import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld } from '../../server/src/gitlab/login/gitlab-login.fixture.ts'
import type { World } from '../../server/src/gitlab/login/gitlab-login.fixture.ts'
import { PASSWORD, withPassword } from '../../server/src/sessions/sessions.fixture.ts'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'

let browser: Browser
let world: World
let joon: Person
let kim: Person

beforeAll(async () => {
  ;[browser, world] = await Promise.all([openBrowser(), startWorld({ trusted: true })])
  const { server, gitlab } = world
  joon = await withPassword(server, await server.make.user({ username: 'joon', email: 'joon@example.com' }))
  await server.make.team([joon], { name: 'garden' })
  await gitlab.addUser({ username: 'joon', email: 'joon@example.com' })
  kim = await withPassword(server, await server.make.user({ username: 'kim' }))
  await server.make.team([kim], { name: 'quiet' })
})
afterAll(async () => {
  await browser.close()
  await world.stop()
})

/** The security page of the settings, as somebody finds it who looks for it. */
async function openSecurity(page: Page): Promise<void> {
  await page.getByRole('button', { name: /My account/ }).click()
  await page.getByRole('menuitem', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: 'Security' }).click()
}

const service = async (): Promise<string> => {
  const query = world.server.app.db.selectFrom('users').select('users.authservice').where('users.id', '=', joon.id)
  return (await query.executeTakeFirstOrThrow()).authservice ?? ''
}

test('from the settings the sign-in moves to GitLab and back, and the account stays what it is', async () => {
  const page = await openPage(browser, world.server, { person: joon })
  await page.goto('/garden/channels/town-square')
  await openSecurity(page)
  await page.getByText('You sign in with e-mail and password.').waitFor()
  await page.getByRole('button', { name: 'Switch to GitLab' }).click()
  await page.getByRole('heading', { name: 'Switch to GitLab' }).waitFor()
  await page.getByLabel('Password of joon@example.com').fill(PASSWORD)
  await page.getByRole('button', { name: 'Continue to GitLab' }).click()
  await page.getByLabel('Username or primary email').fill('joon')
  await page.getByLabel('Password').fill('password of joon')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/login\?extra=signin_change$/)
  expect(await service()).toBe('gitlab')

  // GitLab still knows him: one press, and he is where he was.
  await page.getByRole('link', { name: 'Continue with GitLab' }).click()
  await page.waitForURL('**/garden/channels/**')
  await openSecurity(page)
  await page.getByText('You sign in through GitLab.').waitFor()
  expect(await page.getByRole('heading', { name: 'Password', exact: true }).count()).toBe(0)
  await page.getByRole('button', { name: 'Switch to a password' }).click()
  await page.getByLabel('New password').fill('another 1 horse')
  await page.getByRole('button', { name: 'Switch', exact: true }).click()
  await page.waitForURL(/\/login\?extra=signin_change$/)
  expect(await service()).toBe('')

  await page.getByLabel('E-mail or username').fill('joon')
  await page.getByLabel('Password', { exact: true }).fill('another 1 horse')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/garden/channels/**')
  await openSecurity(page)
  await page.getByText('You sign in with e-mail and password.').waitFor()
  await page.getByRole('heading', { name: 'Password', exact: true }).waitFor()
})

test('where the server does not let people switch, the settings do not offer it', async () => {
  await world.server.app.config.patch({ ServiceSettings: { ExperimentalEnableAuthenticationTransfer: false } })
  const page = await openPage(browser, world.server, { person: kim })
  await page.goto('/quiet/channels/town-square')
  await openSecurity(page)
  await page.getByText('Where you are signed in').waitFor()
  expect(await page.getByRole('heading', { name: 'Sign-in method' }).count()).toBe(0)
})
