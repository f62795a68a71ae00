import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, newGitLab } from '../../server/src/gitlab/login/gitlab-login.fixture.ts'
import { PASSWORD, withPassword } from '../../server/src/sessions/sessions.fixture.ts'
import { answerConsent, backAtChat, chooseGitLab, passSignIn, signIn, startJourney, whoAmI } from './journey.fixture.ts'
import type { Journey } from './journey.fixture.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
  await journey.server.make.admin()
})
afterAll(() => journey.stop())

test('an address that belongs to a password account is refused, in the language of the browser', async () => {
  const { server, gitlab } = journey
  await withPassword(server, await server.make.user({ email: 'kang@example.com' }), {})
  await gitlab.addUser({ username: 'kang', email: 'Kang@example.com' })
  const page = await journey.visitor({ locale: 'ko-KR' })
  await signIn(page, 'kang')
  await page.getByText('GitLab 계정의 주소를 쓰는 계정이 이미 있으며 email 방식으로 로그인합니다.').waitFor()
  expect((await whoAmI(page)).status).toBe(401)
})

test('a password account moves to GitLab and back, and only the right way in works each time', async () => {
  const { server, gitlab } = journey
  const account = await withPassword(server, await server.make.user({ email: 'joon@example.com' }), {})
  await gitlab.addUser({ username: 'joon', email: 'joon@example.com' })
  const page = await journey.visitor()
  await page.goto('/claim/email_to_oauth?email=joon@example.com&old_type=email&new_type=gitlab')
  const password = page.getByLabel('Password of joon@example.com')
  await password.fill('wrong')
  await page.getByRole('button', { name: 'Continue to GitLab' }).click()
  await page
    .getByText(/password/i)
    .nth(1)
    .waitFor()
  await password.fill(PASSWORD)
  await page.getByRole('button', { name: 'Continue to GitLab' }).click()
  await passSignIn(page, 'joon')
  await answerConsent(page, 'Authorize')
  await page.waitForURL(/\/login\?extra=signin_change$/)
  expect((await whoAmI(page)).status).toBe(401)
  await chooseGitLab(page)
  await backAtChat(page, journey)
  expect(await whoAmI(page)).toMatchObject({ status: 200, id: account.id, auth_service: 'gitlab' })

  await page.goto('/claim/oauth_to_email?email=joon@example.com&old_type=gitlab&new_type=email')
  await page.getByLabel('New password').fill('another 1 horse')
  await page.getByRole('button', { name: 'Switch', exact: true }).click()
  await page.waitForURL(/\/login\?extra=signin_change$/)
  expect((await whoAmI(page)).status).toBe(401)
  await page.getByLabel('E-mail or username').fill('joon@example.com')
  await page.getByLabel('Password', { exact: true }).fill('another 1 horse')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Choose a team' }).waitFor()
  expect(await whoAmI(page)).toMatchObject({ status: 200, id: account.id, auth_service: '' })
  // His GitLab user does not lead into the account any more.
  await page.context().clearCookies({ name: 'MMAUTHTOKEN' })
  await page.goto('/oauth/gitlab/login')
  await page.getByText('An account with the address of your GitLab account exists already').waitFor()
})

test('two GitLab servers with the same number for two people never mix them up', async () => {
  const { server, gitlab } = journey
  const other = await newGitLab({ secretForm: 'plain' })
  try {
    await gitlab.addUser({ id: 500, username: 'seo' })
    await other.addUser({ id: 500, username: 'park' })
    const before = await journey.visitor()
    await signIn(before, 'seo')
    await backAtChat(before, journey)
    const seo = await whoAmI(before)
    expect(seo).toMatchObject({ status: 200, username: 'seo' })
    await connect(server, other)
    const after = await journey.visitor()
    await signIn(after, 'park')
    await backAtChat(after, journey)
    const park = await whoAmI(after)
    expect([park.username, park.id === seo.id]).toEqual(['park', false])
    // Back at the first one, its own person is found again.
    await connect(server, gitlab)
    await before.context().clearCookies()
    await before.goto('/oauth/gitlab/login')
    await passSignIn(before, 'seo')
    await answerConsent(before, 'Authorize')
    await backAtChat(before, journey)
    expect(await whoAmI(before)).toMatchObject({ id: seo.id, username: 'seo' })
  } finally {
    await other.close()
  }
})
