import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { changeUser } from '../../sessions/sessions.fixture.ts'
import { errorOf, newBrowser, rowOf, sessionOf, signIn, startWorld, upToCallback } from './gitlab-login.fixture.ts'
import type { World } from './gitlab-login.fixture.ts'
import { GitLabWatch } from './gitlab-watch.ts'
import { gitlabPolicy } from './policy.ts'

const HOUR = 3_600_000
let world: World
beforeAll(async () => {
  world = await startWorld({ trusted: true })
  await world.server.make.admin()
})
afterEach(() => {
  for (const name of ['CHECK_MINUTES', 'REACTIVATE', 'ADOPT']) delete process.env[`OUTPOST_GITLAB_${name}`]
})
afterAll(() => world.stop())

test('what is not set or makes no sense is the strict way', () => {
  const strict = { checkEvery: 600_000, reactivates: false, adopts: 'address' }
  expect(gitlabPolicy({})).toEqual(strict)
  for (const value of ['', 'x', '-1', '1.5', '99999', 'yes please'])
    expect(
      gitlabPolicy({
        OUTPOST_GITLAB_CHECK_MINUTES: value,
        OUTPOST_GITLAB_REACTIVATE: value,
        OUTPOST_GITLAB_ADOPT: value,
      }),
    ).toEqual(strict)
  expect(gitlabPolicy({ OUTPOST_GITLAB_CHECK_MINUTES: '3', OUTPOST_GITLAB_ADOPT: 'never' })).toEqual({
    checkEvery: 180_000,
    reactivates: false,
    adopts: 'never',
  })
})

test('how often GitLab is asked can be chosen, never included', async () => {
  const user = await world.gitlab.addUser({ username: 'mina' })
  const session = sessionOf(await signIn(world, newBrowser(world.server), { username: 'mina' }))
  const status = async () => (await world.server.as(session).get('/users/me')).status
  await world.gitlab.block(user.id)
  const watch = new GitLabWatch(world.server.app)
  process.env.OUTPOST_GITLAB_CHECK_MINUTES = '0'
  await watch.run(Date.now() + 100 * HOUR)
  expect(await status()).toBe(200)
  process.env.OUTPOST_GITLAB_CHECK_MINUTES = '120'
  await watch.run(Date.now() + HOUR)
  expect(await status()).toBe(200)
  await watch.run(Date.now() + 3 * HOUR)
  expect(await status()).toBe(401)
})

test('a deactivated account is opened by GitLab only where that is wanted', async () => {
  await world.gitlab.addUser({ username: 'bora' })
  await signIn(world, newBrowser(world.server), { username: 'bora' })
  const { id } = (await rowOf(world, 'bora'))!
  await changeUser(world.server, { id, username: 'bora', token: '' }, { deleteat: Date.now() })
  const browser = newBrowser(world.server)
  const refused = await errorOf(browser, await upToCallback(world, browser, { username: 'bora' }))
  expect(refused).toEqual({ id: 'api.user.login.inactive.app_error', status: 401 })
  process.env.OUTPOST_GITLAB_REACTIVATE = 'true'
  expect(sessionOf(await signIn(world, newBrowser(world.server), { username: 'bora' })).token).toHaveLength(26)
  expect((await rowOf(world, 'bora'))!.deleteat).toBe(0)
})

test('what an account of an older server needs to be adopted can be chosen', async () => {
  const old = async (username: string, email: string) => {
    const user = await world.gitlab.addUser({ username })
    const person = await world.server.make.user({ email })
    await changeUser(world.server, person, { authservice: 'gitlab', authdata: String(user.id), password: '' })
    return person
  }
  const outcome = async (username: string) => {
    const browser = newBrowser(world.server)
    return (await errorOf(browser, await upToCallback(world, browser, { username }))).id
  }
  const [same, other] = [await old('same', 'same@example.com'), await old('other', 'elsewhere@example.com')]
  process.env.OUTPOST_GITLAB_ADOPT = 'never'
  expect(await outcome('same')).toBe('outpost.gitlab.not_adopted.app_error')
  delete process.env.OUTPOST_GITLAB_ADOPT
  expect(await outcome('other')).toBe('outpost.gitlab.not_adopted.app_error')
  const adopted = async (username: string) => {
    const session = sessionOf(await signIn(world, newBrowser(world.server), { username }))
    return (await world.server.as(session).get('/users/me')).body.id as string
  }
  expect(await adopted('same')).toBe(same.id)
  process.env.OUTPOST_GITLAB_ADOPT = 'number'
  expect(await adopted('other')).toBe(other.id)
})
