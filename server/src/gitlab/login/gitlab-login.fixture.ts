import { createEmptyDatabase } from '../../../../testkit/database.ts'
import { Browser, passGitLab } from '../../../../testkit/gitlab/browser.ts'
import type { Page } from '../../../../testkit/gitlab/browser.ts'
import { startGitLab } from '../../../../testkit/gitlab/index.ts'
import type { GitLabApplication, GitLabOptions, TestGitLab } from '../../../../testkit/gitlab/index.ts'
import { TestServer } from '../../../../testkit/server.ts'
import type { ConfigPatch } from '../../config/config-store.ts'

/** A server and a GitLab that know each other. */
export interface World {
  readonly server: TestServer
  readonly gitlab: TestGitLab
  readonly application: GitLabApplication
  stop(): Promise<void>
}

/** A GitLab with a database of its own. */
export async function newGitLab(options: Partial<GitLabOptions> = {}): Promise<TestGitLab> {
  const database = await createEmptyDatabase()
  const gitlab = await startGitLab({ dataSource: database.dataSource, ...options })
  const close = async () => {
    await gitlab.close()
    await database.drop()
  }
  return Object.create(gitlab, { close: { value: close } }) as TestGitLab
}

/** Registers a server at a GitLab and makes it sign people in there. */
export async function connect(
  server: TestServer,
  gitlab: TestGitLab,
  application: { scopes?: string; trusted?: boolean } = {},
): Promise<GitLabApplication> {
  const redirectUris = ['signup', 'login'].map((name) => `${server.url}/${name}/gitlab/complete`)
  const registered = await gitlab.addApplication({ redirectUris, ...application })
  await server.app.config.patch({
    ServiceSettings: { SiteURL: server.url },
    GitLabSettings: {
      Enable: true,
      Id: registered.uid,
      Secret: registered.secret,
      Scope: 'read_user',
      AuthEndpoint: `${gitlab.url}/oauth/authorize`,
      TokenEndpoint: `${gitlab.url}/oauth/token`,
      UserAPIEndpoint: `${gitlab.url}/api/v4/user`,
    },
  })
  return registered
}

/** A server that signs people in with a GitLab of its own. Secrets are stored plain, because hashing them is slow. */
export async function startWorld(
  options: { config?: ConfigPatch; gitlab?: Partial<GitLabOptions>; trusted?: boolean } = {},
): Promise<World> {
  const gitlab = await newGitLab({ secretForm: 'plain', ...options.gitlab })
  const server = await TestServer.start(options.config ? { config: options.config } : {})
  const application = await connect(server, gitlab, { trusted: options.trusted ?? false })
  const stop = async () => {
    await server.stop()
    await gitlab.close()
  }
  return { server, gitlab, application, stop }
}

/** A browser that stops when it comes back from GitLab, so that the answer can be looked at. */
export function newBrowser(server: TestServer): Browser {
  const browser = new Browser()
  browser.stopAt = (url) =>
    new URL(url).origin === server.url && !/gitlab\/(complete|login|signup|mobile_login)/.test(url)
  return browser
}

/** Goes through the whole sign-in; the page is the answer to GitLab's redirect back. */
export async function signIn(
  world: World,
  browser: Browser,
  person: { username: string; password?: string },
  path = '/oauth/gitlab/login',
): Promise<Page> {
  return passGitLab(browser, await browser.open(world.server.url + path), person)
}

/**
 * Begins a sign-in and stops where GitLab would send the browser back: the callback address is the answer. `path` may
 * also be a whole address at GitLab.
 */
export async function upToCallback(
  world: World,
  browser: Browser,
  person: { username: string },
  path = '/oauth/gitlab/login',
): Promise<string> {
  const before = browser.stopAt
  browser.stopAt = (url) => url.startsWith(world.server.url) && url.includes('/complete')
  const start = await browser.open(path.startsWith('http') ? path : world.server.url + path)
  const page = await passGitLab(browser, start, person)
  browser.stopAt = before
  const script = /window\.location = (".*?")</.exec(page.text)?.[1]
  return page.headers.get('location') ?? (JSON.parse(script ?? '""') as string)
}

/** The session that a finished sign-in gave, for `server.as`. */
export function sessionOf(page: Page): { token: string } {
  const token = page.headers.get('token')
  if (!token) throw new Error(`no session: ${page.status} ${page.headers.get('location')} ${page.text.slice(0, 500)}`)
  return { token }
}

/** The row of an account. */
export function rowOf(world: World, username: string) {
  const query = world.server.app.db.selectFrom('users').selectAll().where('users.username', '=', username)
  return query.executeTakeFirst()
}

/** The id of the error that a program sees for this address. */
export async function errorOf(browser: Browser, url: string): Promise<{ id: string; status: number }> {
  const page = await browser.request(url, { headers: { 'X-Mobile-App': 'true' } })
  const body = page.text.startsWith('{') ? (JSON.parse(page.text) as { id: string }) : { id: page.text.slice(0, 200) }
  return { id: body.id, status: page.status }
}
