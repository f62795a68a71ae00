import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { startWorld } from '../../server/src/gitlab/login/gitlab-login.fixture.ts'
import type { World } from '../../server/src/gitlab/login/gitlab-login.fixture.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import type { PageOptions } from '../../testkit/browser.ts'

/** What the API answered, with its status among the fields. */
export interface Answer {
  readonly status: number
  readonly id?: string
  readonly username?: string
  readonly follow_link?: string
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

/** A POST as the web client makes it, from a page of the chat. */
export async function post(page: Page, path: string, body: object = {}): Promise<Answer> {
  const cookies = await page.context().cookies()
  const csrf = cookies.find((cookie) => cookie.name === 'MMCSRF')?.value ?? ''
  return page.evaluate(
    async ([to, json, token]) => {
      const headers = {
        'Content-Type': 'application/json',
        'X-CSRF-Token': token,
        'X-Requested-With': 'XMLHttpRequest',
      }
      const answer = await fetch(`/api/v4${to}`, { method: 'POST', headers, body: json })
      return { ...((await answer.json()) as object), status: answer.status }
    },
    [path, JSON.stringify(body), csrf] as const,
  )
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
