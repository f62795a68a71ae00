import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import type { PageOptions } from '../../testkit/browser.ts'
import type { Person } from '../../testkit/builders.ts'
import { TestServer } from '../../testkit/server.ts'
import type { TestServerOptions } from '../../testkit/server.ts'

/**
 * What most journeys begin with: a server, a browser, and a team of anna and jiho. Made for a whole test file; pages are closed
 * after each test.
 */
export class Journey {
  server!: TestServer
  browser!: Browser
  anna!: Person
  jiho!: Person
  team!: Awaited<ReturnType<TestServer['make']['team']>>

  constructor(options: TestServerOptions = {}) {
    beforeAll(async () => {
      ;[this.server, this.browser] = await Promise.all([TestServer.start(options), openBrowser()])
      // Links to posts are told by the address of the site.
      await this.server.app.config.patch({ ServiceSettings: { SiteURL: this.server.url } })
      const { make } = this.server
      ;[this.anna, this.jiho] = await Promise.all([make.user({ username: 'anna' }), make.user({ username: 'jiho' })])
      this.team = await make.team([this.anna, this.jiho])
    })
    afterEach(async () => {
      await Promise.all(this.browser.contexts().map((context) => context.close()))
    })
    afterAll(async () => {
      await this.browser.close()
      await this.server.stop()
    })
  }

  /** A channel of both, or of those given. */
  channel(name: string, members: readonly Person[] = [this.anna, this.jiho]): Promise<{ id: string; name: string }> {
    return this.server.make.channel(this.team.id, members, { name, displayName: name })
  }

  /** Writes through the API, as another client would. */
  async say(who: Person, channelId: string, message: string, more: object = {}): Promise<{ id: string }> {
    return (await this.server.as(who).post('/posts', { channel_id: channelId, message, ...more })).body as {
      id: string
    }
  }

  /** A page of somebody; `path` is what follows the team in the address. */
  async open(person: Person, path: string, options: Omit<PageOptions, 'person'> = {}): Promise<Page> {
    const page = await openPage(this.browser, this.server, { person, ...options })
    await page.goto(`/${this.team.name}/${path}`)
    return page
  }
}

/** The posts of the channel in view. */
export const list = (page: Page): Locator => page.getByRole('region', { name: /^Messages in|메시지$/ })

/** The last post of the channel that holds these words. */
export const post = (page: Page, text: string): Locator =>
  list(page).getByRole('article').filter({ hasText: text }).last()

/** The field to write into the channel. */
export const field = (page: Page): Locator => page.getByRole('textbox', { name: /^Message/ })

/** The right side. */
export const panel = (page: Page): Locator => page.getByRole('complementary')

/** Does what the menu of a post names. */
export async function choose(page: Page, text: string, ...items: readonly string[]): Promise<void> {
  await post(page, text).hover()
  await post(page, text).getByRole('button', { name: 'More actions' }).click()
  for (const item of items) await page.getByRole('menuitem', { name: item, exact: true }).click()
}
