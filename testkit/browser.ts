import { accessSync, constants } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { Person } from './builders.ts'
import type { TestServer } from './server.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The Chromium of this machine: CHROMIUM, or where distributions put it. */
export function chromiumPath(): string {
  const path = [process.env.CHROMIUM ?? '', ...PLACES].find((one) => one && isExecutable(one))
  if (!path) throw new Error('There is no Chromium. Install it (apt-get install chromium) or set CHROMIUM to its path.')
  return path
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A real Chromium without a window. Close it at the end. */
export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath(), args: FLAGS })

export interface PageOptions extends Pick<BrowserContextOptions, 'viewport' | 'locale' | 'colorScheme' | 'hasTouch'> {
  /** who is signed in; nobody when absent */
  readonly person?: Person
  /** console errors that belong to the test, besides answers that are errors by intention */
  readonly expects?: RegExp
}

/** A page of its own: another browser profile for each, as on another machine. Fails the test when the page throws. */
export async function openPage(browser: Browser, server: TestServer, options: PageOptions = {}): Promise<Page> {
  const { person, expects, ...context } = options
  const opened: BrowserContext = await browser.newContext({
    baseURL: server.url,
    locale: 'en-US',
    timezoneId: 'Asia/Seoul',
    reducedMotion: 'reduce',
    ...context,
  })
  if (person) {
    await opened.addCookies([
      { name: 'MMAUTHTOKEN', value: person.token, url: server.url, httpOnly: true },
      { name: 'MMUSERID', value: person.id, url: server.url },
    ])
  }
  const page = await opened.newPage()
  page.setDefaultTimeout(30_000)
  page.on('pageerror', (error) => {
    if (!expects?.test(error.message)) throw error
  })
  return page
}
