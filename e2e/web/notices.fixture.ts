import type { BrowserContext, Page } from 'playwright-core'

interface Shown {
  title: string
  body: string
  tag: string
}

declare global {
  interface Window {
    /** what this page notified of */
    shown: Shown[]
    /** presses the last notification */
    clickLast: () => void
    /** addresses of sounds */
    played: string[]
    /** what the icon of the installed app shows: a number, a dot, or '' for nothing */
    appBadge: (number | 'dot' | '')[]
  }
}

/** Notifications, sounds and the app's badge are written down instead of shown: a browser without a window shows none. */
export async function recordNotices(
  context: BrowserContext,
  permission: NotificationPermission = 'granted',
): Promise<void> {
  await context.addInitScript((allowed) => {
    window.shown = []
    window.played = []
    window.appBadge = []
    class Recorded extends EventTarget {
      static permission = allowed
      static requestPermission = async () => (Recorded.permission = 'granted')
      constructor(title: string, { body = '', tag = '' }: NotificationOptions) {
        super()
        window.shown.push({ title, body, tag })
        window.clickLast = () => void this.dispatchEvent(new Event('click'))
      }
      close(): void {}
    }
    Object.assign(window, { Notification: Recorded })
    Object.assign(navigator, {
      setAppBadge: async (count?: number) => void window.appBadge.push(count ?? 'dot'),
      clearAppBadge: async () => void window.appBadge.push(''),
    })
    HTMLMediaElement.prototype.play = async function play() {
      window.played.push(new URL(this.src).pathname)
    }
  }, permission)
}

/** Opens a channel; from then on the page hears everything. */
export async function listenIn(page: Page, path: string): Promise<void> {
  const listening = new Promise<void>((resolve) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => String(payload).includes('"hello"') && resolve()),
    )
  })
  await page.goto(path)
  await page.getByRole('textbox', { name: /message/i }).waitFor()
  await listening
}

/** What the page notified of. */
export const shownOn = (page: Page): Promise<Shown[]> => page.evaluate(() => window.shown)
