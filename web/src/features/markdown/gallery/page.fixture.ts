import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { build, preview } from 'vite'
import { openBrowser } from '../../../../../testkit/browser.ts'

/** The page of texts in a real browser. */
export interface OpenTexts {
  /** A page that has drawn itself. `query` as main.tsx reads it. */
  open: (query: Record<string, string>, options?: BrowserContextOptions) => Promise<Page>
  /** What pages have reported: errors, and what React warns of. */
  problems: string[]
  close: () => Promise<void>
}

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 5"><path fill="teal" d="M0 0h12v5H0z"/></svg>'

/** Builds the page once and starts Chromium. */
export async function openTexts(): Promise<OpenTexts> {
  const outDir = mkdtempSync(join(tmpdir(), 'texts-'))
  const common = { root: import.meta.dirname, configFile: false, logLevel: 'error', base: './' } as const
  await build({
    ...common,
    plugins: [react()],
    mode: 'development',
    build: { outDir, emptyOutDir: true, minify: false, target: 'chrome130' },
  })
  const server = await preview({ ...common, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
  const browser = await openBrowser()
  const problems: string[] = []
  const open: OpenTexts['open'] = async (query, options) => {
    const context = await browser.newContext({
      viewport: { width: 820, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text())
    })
    await page.route(/^https?:\/\/chat\.example\.com\//, (route) =>
      route.fulfill({ contentType: 'image/svg+xml', body: PICTURE }),
    )
    await page.goto(`${server.resolvedUrls!.local[0]}?${new URLSearchParams(query)}`)
    await page.waitForSelector('main')
    await page.evaluate(() => document.fonts.ready)
    return page
  }
  const close = async (): Promise<void> => {
    await browser.close()
    await server.close()
    rmSync(outDir, { recursive: true, force: true })
  }
  return { open, problems, close }
}
