import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, newGitLab } from '../../server/src/gitlab/login/gitlab-login.fixture.ts'
import { PASSWORD, withPassword } from '../../server/src/sessions/sessions.fixture.ts'
import { answerConsent, backAtChat, passSignIn, post, signIn, startJourney, whoAmI } from './journey.fixture.ts'
import type { Journey } from './journey.fixture.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
  await journey.server.make.admin()
})
afterAll(() => journey.stop())

test('an address that belongs to a password account is refused, and the switch leads into it and back', async () => {
  const { server, gitlab } = journey
  const account = await withPassword(server, await server.make.user({ email: 'joon@example.com' }), {})
  await gitlab.addUser({ username: 'joon', email: 'joon@example.com' })
  const page = await journey.visitor({ locale: 'ko-KR' })
  await signIn(page, 'joon')
  await page.waitForURL(/\/error\?/)
  const said = new URL(page.url()).searchParams.get('message')
  expect(said).toBe(
    'GitLab 계정의 주소를 쓰는 계정이 이미 있으며 email 방식으로 로그인합니다. 그 방식으로 로그인한 뒤 보안 설정에서 로그인 방식을 바꿔 주세요.',
  )
  expect((await whoAmI(page)).status).toBe(401)

  const toGitLab = { current_service: 'email', new_service: 'gitlab', email: 'joon@example.com', password: PASSWORD }
  expect((await post(page, '/users/login/switch', { ...toGitLab, password: 'wrong' })).status).toBe(401)
  const begun = await post(page, '/users/login/switch', toGitLab)
  expect(new URL(begun.follow_link!).origin).toBe(gitlab.url)
  await page.goto(begun.follow_link!)
  await page.waitForURL(/\/login\?extra=signin_change$/)
  expect((await whoAmI(page)).status).toBe(401)
  await page.goto('/oauth/gitlab/login')
  await backAtChat(page, journey)
  expect(await whoAmI(page)).toMatchObject({ status: 200, id: account.id, auth_service: 'gitlab' })
  expect((await post(page, '/users/login', { login_id: 'joon@example.com', password: PASSWORD })).status).not.toBe(200)

  const password = 'another 1 horse'
  const toPassword = {
    current_service: 'gitlab',
    new_service: 'email',
    email: 'joon@example.com',
    new_password: password,
  }
  expect(await post(page, '/users/login/switch', toPassword)).toMatchObject({
    follow_link: '/login?extra=signin_change',
  })
  expect((await whoAmI(page)).status).toBe(401)
  await page.goto('/login?extra=signin_change')
  expect(await post(page, '/users/login', { login_id: 'joon@example.com', password })).toMatchObject({ id: account.id })
  expect(await whoAmI(page)).toMatchObject({ status: 200, id: account.id, auth_service: '' })
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
