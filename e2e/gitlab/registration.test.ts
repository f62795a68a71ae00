import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  checkCredentials,
  registerByApi,
  registerInDatabase,
  rotateInDatabase,
} from '../../ctl/src/gitlab-registration/index.ts'
import type { Registration } from '../../ctl/src/gitlab-registration/index.ts'
import { clientConfig, parseDataSource } from '../../server/src/database/data-source.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { createEmptyDatabase } from '../../testkit/database.ts'
import type { TestDatabase } from '../../testkit/database.ts'
import { startGitLab } from '../../testkit/gitlab/index.ts'
import type { TestGitLab } from '../../testkit/gitlab/index.ts'
import { TestServer } from '../../testkit/server.ts'
import { answerConsent, chooseGitLab, passSignIn, whoAmI } from './journey.fixture.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
let server: TestServer
let database: TestDatabase
let gitlab: TestGitLab
beforeAll(async () => {
  browser = await openBrowser()
  server = await TestServer.start()
  database = await createEmptyDatabase()
  gitlab = await startGitLab({ dataSource: database.dataSource, shape: '19.2', secretForm: 'sha512' })
  await server.make.admin()
  await gitlab.addUser({ username: 'mina' })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
  await gitlab.close()
  await database.drop()
})

const inDatabase = () => ({ connect: clientConfig(parseDataSource(database.dataSource)), siteUrl: server.url })

/** What outpost-ctl does with a registration: it becomes the server's settings. */
const use = ({ id, secret, scopes }: Pick<Registration, 'id' | 'secret' | 'scopes'>) =>
  server.app.config.patch({
    ServiceSettings: { SiteURL: server.url },
    GitLabSettings: {
      Enable: true,
      Id: id,
      Secret: secret,
      Scope: scopes,
      AuthEndpoint: `${gitlab.url}/oauth/authorize`,
      TokenEndpoint: `${gitlab.url}/oauth/token`,
      UserAPIEndpoint: `${gitlab.url}/api/v4/user`,
    },
  })

async function visit(): Promise<Page> {
  const page = await openPage(browser, server)
  await page.goto('/login')
  await chooseGitLab(page)
  await passSignIn(page, 'mina')
  return page
}

test('registered in the database, people come in without a question; a rotated secret is told and repaired', async () => {
  const made = await registerInDatabase(inDatabase())
  await use(made)
  const page = await visit()
  await page.getByRole('heading', { name: 'Choose a team' }).waitFor()
  expect(await whoAmI(page)).toMatchObject({ status: 200, username: 'mina' })

  const { secret } = await rotateInDatabase({ ...inDatabase(), id: made.id })
  const refused = await visit()
  await refused.getByText('The application id or secret that this server has for GitLab is wrong.').waitFor()
  await use({ ...made, secret })
  const again = await visit()
  await again.getByRole('heading', { name: 'Choose a team' }).waitFor()

  // Settings that were restored from an older backup win: GitLab accepts their secret from then on.
  const repaired = await registerInDatabase({ ...inDatabase(), id: made.id, secret: made.secret })
  expect(repaired).toMatchObject({ outcome: 'repaired', secret: made.secret })
  await use(repaired)
  await (await visit()).getByRole('heading', { name: 'Choose a team' }).waitFor()
})

test('registered by the API, people are asked once', async () => {
  const root = await gitlab.addUser({ username: 'root', admin: true })
  const token = await gitlab.addPersonalToken(root.id, 'api')
  const access = { gitlabUrl: gitlab.url, token, siteUrl: server.url, name: 'Another chat' }
  const made = await registerByApi(access)
  expect(await checkCredentials({ ...access, ...made })).toBe(true)
  await use(made)
  const page = await visit()
  await answerConsent(page, 'Authorize')
  await page.getByRole('heading', { name: 'Choose a team' }).waitFor()
  await (await visit()).getByRole('heading', { name: 'Choose a team' }).waitFor()
})
