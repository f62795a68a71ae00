import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'

/** For what comes soon, on a busy machine too. */
const SOON = { timeout: 10_000 }

declare global {
  interface Window {
    /** steps through the history that wait */
    steps: number[]
    takeSteps: () => void
  }
}

let browser: Browser
let server: TestServer
let anna: Person

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  anna = await server.make.user({ username: 'anna', roles: 'system_user system_admin' })
  await server.make.team([anna], { name: 'garden' })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

test('on a phone a dialog stays that is opened while the history still goes back over an older one', async () => {
  const page = await openPage(browser, server, { person: anna, viewport: { width: 390, height: 844 }, hasTouch: true })
  // A slow phone: steps through the history wait until they are let go.
  await page.addInitScript(() => {
    const go = history.go.bind(history)
    window.steps = []
    window.takeSteps = () => window.steps.splice(0).forEach((count) => go(count))
    history.go = (count = 0) => void window.steps.push(count)
  })
  const openDialog = async (item: string): Promise<void> => {
    await page.getByRole('main').getByRole('button', { name: 'Off-Topic', exact: true }).tap()
    await page.getByRole('menuitem', { name: item }).tap()
    await page.getByRole('dialog').waitFor()
  }
  const layers = (): Promise<number> => page.evaluate(() => history.state?.panes?.dialogs)
  await page.goto('/garden/channels/off-topic')
  await openDialog('Notifications')
  await expect.poll(layers, SOON).toBe(1)
  await page.reload()
  await expect.poll(() => page.evaluate(() => window.steps), SOON).toEqual([-1])
  await openDialog('Channel settings')
  await page.evaluate(() => {
    addEventListener('popstate', () => setTimeout(() => document.body.setAttribute('data-arrived', '')))
    window.takeSteps()
  })
  await page.locator('body[data-arrived]').waitFor()
  await expect.poll(layers, SOON).toBe(1)
  expect(await page.getByRole('dialog', { name: 'Channel settings' }).count()).toBe(1)
  // The step belongs to the dialog that is open now.
  await page.goBack()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('textbox', { name: /message/i }).waitFor()
})
