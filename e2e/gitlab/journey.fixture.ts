import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { vi } from 'vitest'
import { startWorld } from '../../server/src/gitlab/login/gitlab-login.fixture.ts'
import type { World } from '../../server/src/gitlab/login/gitlab-login.fixture.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import type { PageOptions } from '../../testkit/browser.ts'

// A journey is many pages of a real browser; on a busy machine each takes its time.
vi.setConfig({ testTimeout: 60_000 })

/** What the API answered, with its status among the fields. */
export interface Answer {
  readonly status: number
  readonly id?: string
  readonly username?: string
}

/** A server, its GitLab and a real browser. */
export interface Journey extends World {
  readonly browser: Browser
  /** A person at a computer of his own, with nothing open yet. */
  visitor(options?: PageOptions): Promise<Page>
}

/** Starts all three; `trusted` spares people the consent page. */
export async function startJourney(options: Parameters<typeof startWorld>[0] = {}): Promise<Journey> {
  const world = await startWorld(options)
  const browser = await openBrowser()
  const stop = async () => {
    await browser.close()
    await world.stop()
  }
  return { ...world, browser, stop, visitor: (page) => openPage(browser, world.server, page) }
}

/** Presses what a visitor sees on the chat's own sign-in page. */
export const chooseGitLab = (page: Page): Promise<void> =>
  page.getByRole('link', { name: 'Continue with GitLab' }).click()

/** Fills GitLab's sign-in page in, if it is the one that is open. */
export async function passSignIn(page: Page, username: string): Promise<void> {
  await page.getByLabel('Username or primary email').fill(username)
  await page.getByLabel('Password').fill(`password of ${username}`)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Answers GitLab's question whether the chat may know who one is. */
export async function answerConsent(page: Page, answer: 'Authorize' | 'Deny'): Promise<void> {
  await page.getByRole('heading', { name: 'Authorize' }).waitFor()
  await page.getByRole('button', { name: answer }).click()
}

/** Begins a sign-in and goes through GitLab's pages, as somebody who has never been there. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.goto('/oauth/gitlab/login')
  await passSignIn(page, username)
  await answerConsent(page, 'Authorize')
}

/** Who this browser is to the chat, asked from a page of the chat as its web client asks. */
export function whoAmI(page: Page): Promise<Answer> {
  return page.evaluate(async () => {
    const answer = await fetch('/api/v4/users/me', { headers: { 'X-Requested-With': 'XMLHttpRequest' } })
    return { ...((await answer.json()) as object), status: answer.status }
  })
}

/** Waits until the browser has left GitLab for a page of the chat. */
export const backAtChat = (page: Page, journey: Journey): Promise<void> =>
  page.waitForURL((url) => url.origin === journey.server.url && !url.pathname.includes('/oauth/'))

/**
 * Stops a browser's tabs where GitLab has let them go and the chat has not seen them yet. Each call answers how to let the next
 * one on. GitLab goes on by a script where it has nothing to ask; a plain redirect would not be seen here.
 */
export function holdCallbacks(context: BrowserContext): () => Promise<() => Promise<void>> {
  const arrived: Route[] = []
  let wake = (): void => undefined
  void context.route(/\/signup\/gitlab\/complete/, (route) => {
    arrived.push(route)
    wake()
  })
  return async () => {
    while (arrived.length === 0) {
      await new Promise<void>((done) => {
        wake = done
      })
    }
    const route = arrived.shift()!
    return () => route.continue()
  }
}
