import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  answerConsent,
  backAtChat,
  chooseGitLab,
  holdCallbacks,
  passSignIn,
  signIn,
  startJourney,
  whoAmI,
} from './journey.fixture.ts'
import type { Journey } from './journey.fixture.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
  await journey.server.make.admin()
  for (const username of ['mina', 'juno', 'sora', 'hana']) await journey.gitlab.addUser({ username })
})
afterAll(() => journey.stop())

test('the first sign-in asks for consent, the second asks nothing, and signing out ends the session', async () => {
  const page = await journey.visitor()
  await page.goto('/')
  await page.getByRole('heading', { name: 'Sign in to Outpost' }).waitFor()
  await chooseGitLab(page)
  await passSignIn(page, 'mina')
  await answerConsent(page, 'Authorize')
  await page.getByRole('heading', { name: 'Choose a team' }).waitFor()
  const me = await whoAmI(page)
  expect(me).toMatchObject({ status: 200, username: 'mina', email: 'mina@example.com', auth_service: 'gitlab' })
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in to Outpost' }).waitFor()
  expect((await whoAmI(page)).status).toBe(401)
  // Signing out of the chat is not signing out of GitLab: the way back is one click, without a question.
  const seen: string[] = []
  page.on('framenavigated', (frame) => seen.push(new URL(frame.url()).pathname))
  await chooseGitLab(page)
  await page.getByRole('heading', { name: 'Choose a team' }).waitFor()
  expect(await whoAmI(page)).toMatchObject({ status: 200, id: me.id })
  expect(seen).not.toContain('/users/sign_in')
})

test('the session cookie is out of reach of scripts, and the cookie of the sign-in is used up', async () => {
  const page = await journey.visitor()
  await signIn(page, 'hana')
  await backAtChat(page, journey)
  const cookies = await page.context().cookies(journey.server.url)
  const named = (name: string) => cookies.find((cookie) => cookie.name === name)
  expect(named('MMAUTHTOKEN')).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  expect(named('MMCSRF')).toMatchObject({ httpOnly: false })
  expect(named('MMOAUTH')).toBeUndefined()
  expect(await page.evaluate<string>('document.cookie')).not.toContain('MMAUTHTOKEN')
})

test('whoever denies comes back without a session and can try again', async () => {
  const page = await journey.visitor()
  await page.goto('/oauth/gitlab/login')
  await passSignIn(page, 'juno')
  await answerConsent(page, 'Deny')
  await page.getByText(/You did not allow/).waitFor()
  expect((await whoAmI(page)).status).toBe(401)
  await page.getByRole('link', { name: 'Back to the start' }).click()
  await chooseGitLab(page)
  await answerConsent(page, 'Authorize')
  await backAtChat(page, journey)
  expect(await whoAmI(page)).toMatchObject({ username: 'juno' })
})

test('somebody blocked in GitLab stays out, whether blocked before or on the way', async () => {
  const user = (await journey.gitlab.userByName('sora'))!
  await journey.gitlab.block(user.id)
  const page = await journey.visitor()
  await page.goto('/oauth/gitlab/login')
  await passSignIn(page, 'sora')
  await page.getByRole('alert').waitFor()
  expect(new URL(page.url()).origin).toBe(journey.gitlab.url)
  await journey.gitlab.unblock(user.id)
  await passSignIn(page, 'sora')
  await answerConsent(page, 'Authorize')
  await backAtChat(page, journey)
  await page.context().clearCookies({ name: 'MMAUTHTOKEN' })
  // Blocked between GitLab's answer and ours: the chat asks GitLab and hears it.
  const held = holdCallbacks(page.context())
  const start = page.goto('/oauth/gitlab/login')
  const goOn = await held()
  await journey.gitlab.block(user.id)
  await goOn()
  await start.catch(() => undefined)
  await page.getByText('GitLab says that your account there may not be used.').waitFor()
  expect((await whoAmI(page)).status).toBe(401)
})

test('a second tab does not end the sign-in of the first: both come through, the older one last', async () => {
  const first = await journey.visitor()
  const second = await first.context().newPage()
  // Both stop on their way back, so that both sign-ins are pending at once.
  const held = holdCallbacks(first.context())
  await first.goto('/oauth/gitlab/login?redirect_to=/first')
  const signedIn = passSignIn(first, 'mina')
  const goOnFirst = await held()
  const started = second.goto('/oauth/gitlab/login?redirect_to=/second').catch(() => undefined)
  const goOnSecond = await held()
  await goOnSecond()
  await started
  await second.waitForURL(/\/second$/)
  await goOnFirst()
  await signedIn
  await first.waitForURL(/\/first$/)
  expect(await whoAmI(first)).toMatchObject({ status: 200, username: 'mina' })
})
