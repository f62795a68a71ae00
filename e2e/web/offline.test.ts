import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { signUp } from '../start/world.fixture.ts'
import type { Member } from '../start/world.fixture.ts'
import { ServerProcess } from './process.fixture.ts'

// Servers that start as processes of their own take their time where much else runs.
vi.setConfig({ testTimeout: 60_000 })

let browser: Browser
let server: ServerProcess
let anna: Member

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), ServerProcess.start()])
  anna = await signUp(server.url, 'anna')
  await anna.client.post('/teams', { name: 'acme', display_name: 'Acme', type: 'O' })
  await anna.client.put('/users/me/patch', { locale: 'ko' })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

test('after one visit the page comes without the server, says so, and goes on by itself', async () => {
  const page = await openPage(browser, server as never, { person: { ...anna, username: '' }, locale: 'ko-KR' })
  await page.goto('/acme/channels/town-square')
  const field = page.getByRole('textbox', { name: /Town Square/ })
  await field.fill('Not sent yet')
  // Kept: the page and what it was built from.
  await expect
    .poll(
      () =>
        page.evaluate(async () => {
          const cache = await caches.open('outpost-shell-1')
          const kept = new Set((await cache.keys()).map(({ url }) => url))
          const needed = performance.getEntriesByType('resource').map(({ name }) => name)
          return kept.size > 3 && needed.filter((url) => url.includes('/static/assets/') && !kept.has(url))
        }),
      { timeout: 15_000 },
    )
    .toEqual([])
  await server.kill()
  await page.reload()
  await page.getByText('서버가 응답하지 않습니다').waitFor()
  await page.getByRole('button', { name: '다시 시도' }).waitFor()
  await server.comeBack()
  await field.waitFor({ timeout: 30_000 })
  expect(await field.inputValue()).toBe('Not sent yet')
})
