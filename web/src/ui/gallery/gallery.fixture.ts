import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { build, preview } from 'vite'

const ROOT = join(import.meta.dirname, '../../..')
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The gallery, built and served on a port of its own, in a real browser. */
export interface OpenGallery {
  /** A page of the gallery that has drawn itself; problems of the page are errors of the test. */
  open: (query: string, context?: BrowserContextOptions) => Promise<Page>
  /** Everything that pages have reported since the start: errors, and what React warns of. */
  problems: string[]
  close: () => Promise<void>
}

/** Builds the gallery once (about two seconds) and starts Chromium, from CHROMIUM or where Debian has it. */
export async function openGallery(): Promise<OpenGallery> {
  const outDir = mkdtempSync(join(tmpdir(), 'gallery-'))
  const common = { root: ROOT, configFile: false, logLevel: 'error', base: './' } as const
  await build({
    ...common,
    plugins: [react()],
    mode: 'development',
    build: {
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'chrome130',
      rolldownOptions: { input: join(ROOT, 'gallery.html') },
    },
  })
  const server = await preview({ ...common, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: FLAGS,
  })
  const problems: string[] = []
  const open = async (query: string, context?: BrowserContextOptions): Promise<Page> => {
    const options = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...context } as const
    const page = await (await browser.newContext(options)).newPage()
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text())
    })
    await page.goto(`${server.resolvedUrls!.local[0]}gallery.html?${query}`)
    // The last to come is the date, which is loaded by itself.
    await page.waitForSelector(query.includes('show=frame') ? 'main' : '[role=spinbutton]', { state: 'attached' })
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
