import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { violations } from './axe.fixture.ts'
import { pdfFile, pngFile, wavFile } from './files.fixture.ts'

let server: TestServer
let browser: Browser
let anna: Person
let page: Page
let folder: string

beforeAll(async () => {
  ;[server, browser] = await Promise.all([
    TestServer.start({ config: { FileSettings: { EnablePublicLink: true, MaxFileSize: 10 * 1024 * 1024 } } }),
    openBrowser(),
  ])
  folder = await mkdtemp(join(tmpdir(), 'outpost-files-'))
  anna = await server.make.user({ username: 'anna' })
  const jiho = await server.make.user({ username: 'jiho' })
  await server.make.team([anna, jiho], { name: 'garden' })
  page = await openPage(browser, server, { person: anna })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/garden/channels/town-square')
  await field(page).waitFor()
})

afterEach(async () => {
  // A viewer that a failed test left open is none of the next one's business.
  if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape')
})

afterAll(async () => {
  await browser.close()
  await server.stop()
  await rm(folder, { recursive: true })
})

const field = (where: Page): Locator => where.getByRole('textbox', { name: /^Message / })
const list = (where: Page): Locator => where.getByRole('region', { name: /^Messages in/ })
const viewer = (name: string): Locator => page.getByRole('dialog', { name: `File ${name}` })

interface Chosen {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

async function attach(files: readonly Chosen[] | readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files' }).click()
  await (await chooser).setFiles([...files] as Chosen[])
}

/** A file on the disk: large ones would take long through the browser's own door. */
async function onDisk(name: string, megabytes: number): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, Buffer.alloc(megabytes * 1024 * 1024, 'abc '))
  return path
}

/** Attaches, waits until all is uploaded, sends. */
async function post(text: string, ...files: readonly Chosen[]): Promise<Locator> {
  await attach(files)
  for (const { name } of files) await page.getByRole('button', { name: `Remove ${name}` }).waitFor()
  await field(page).fill(text)
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/api/v4/posts'))
  await field(page).press('Enter')
  await (await answered).finished()
  // The post on its way has given place to the one that arrived: a press in between would be lost.
  await list(page).locator('[data-post-id*=":"]').waitFor({ state: 'detached' })
  const sent = list(page).getByRole('article').filter({ hasText: text }).last()
  await sent.waitFor()
  return sent
}

const picture = (name: string): Chosen => ({ name, mimeType: 'image/png', buffer: pngFile(600, 300, [90, 70, 200]) })

test('a picture keeps its space, opens large, is enlarged by keys, and leads to the next one', async () => {
  const sent = await post('two views', picture('north.png'), picture('south.png'))
  const north = sent.getByRole('button', { name: 'Open the picture north.png' })
  await north.click()
  await viewer('north.png').getByRole('img', { name: 'north.png' }).waitFor()
  await viewer('north.png').getByText('anna in Town Square').waitFor()
  await page.keyboard.press('+')
  await viewer('north.png').getByText('140%').waitFor()
  await page.keyboard.press('0')
  await viewer('north.png').getByText('100%').waitFor()
  await page.keyboard.press('ArrowRight')
  await viewer('south.png').getByText('2 of 2').waitFor()
  await page.keyboard.press('Escape')
  await viewer('south.png').waitFor({ state: 'detached' })
  expect(await north.evaluate((one) => one === document.activeElement)).toBe(true)
})

test('the space of a picture is the same before it is loaded', async () => {
  const other = await openPage(browser, server, { person: anna })
  await other.route('**/api/v4/files/**', (route) => route.abort())
  const sent = await post('one view', picture('east.png'))
  const loaded = await sent.getByRole('button', { name: 'Open the picture east.png' }).boundingBox()
  const heights: number[] = []
  await other.exposeFunction('seen', (height: number) => heights.push(height))
  await other.addInitScript(() => {
    new MutationObserver(() => {
      const found = document.querySelector('[aria-label="Open the picture east.png"]')
      if (found) (window as unknown as { seen: (height: number) => void }).seen(found.getBoundingClientRect().height)
    }).observe(document, { subtree: true, childList: true })
  })
  await other.goto('/garden/channels/town-square')
  // A picture that cannot be loaded becomes a card, with its name.
  await list(other).getByRole('button', { name: 'Open east.png' }).waitFor()
  expect(heights[0]).toBeCloseTo(loaded!.height, 0)
  await other.context().close()
})

test('a document is drawn page by page, Korean included, and its words can be found', async () => {
  const sent = await post('the report', { name: 'report.pdf', mimeType: 'application/pdf', buffer: pdfFile(30) })
  await sent.getByRole('button', { name: 'Open report.pdf' }).click()
  const document = viewer('report.pdf').getByRole('document')
  await document.getByText('Page 1 of the report').waitFor()
  await document.getByText('한글').first().waitFor()
  expect(await document.locator('canvas').count()).toBeLessThan(8)
  await document.getByRole('region', { name: 'Page 30 of 30' }).scrollIntoViewIfNeeded()
  await document.getByText('Page 30 of the report').waitFor()
  expect(await document.locator('canvas').count()).toBeLessThan(8)
  const ink = await document
    .locator('canvas')
    .last()
    .evaluate((one: HTMLCanvasElement) => {
      const { data } = one.getContext('2d')!.getImageData(0, 0, one.width, one.height)
      return data.some((value, at) => at % 4 < 3 && value < 100)
    })
  expect(ink).toBe(true)
  await page.keyboard.press('Escape')
})

test('code is coloured, text of Korean Windows is read, what is no text can be downloaded', async () => {
  const script = {
    name: 'deploy.py',
    mimeType: 'text/x-python',
    buffer: Buffer.from('def deploy():\n    return "done"\n'),
  }
  const korean = Buffer.from([0xc7, 0xd1, 0xb1, 0xdb])
  const sent = await post(
    'three files',
    script,
    { name: 'memo.txt', mimeType: 'text/plain', buffer: korean },
    {
      name: 'data.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from([0, 1, 2]),
    },
  )
  await sent.getByRole('button', { name: 'Open deploy.py' }).click()
  const keyword = viewer('deploy.py').locator('.hljs-keyword').first()
  expect(await keyword.textContent()).toBe('def')
  await page.keyboard.press('ArrowRight')
  await viewer('memo.txt').getByText('한글').waitFor()
  await page.keyboard.press('ArrowRight')
  await viewer('data.bin').getByText('cannot be shown here').waitFor()
  const download = page.waitForEvent('download')
  await viewer('data.bin').getByRole('link', { name: 'Download' }).last().click()
  expect((await download).suggestedFilename()).toBe('data.bin')
  await page.keyboard.press('Escape')
})

test('a sound plays in the post', async () => {
  const sent = await post('listen', { name: 'tone.wav', mimeType: 'audio/wav', buffer: wavFile() })
  const audio = sent.getByLabel('Play tone.wav')
  const seconds = await audio.evaluate(async (one: HTMLAudioElement) => {
    await new Promise((resolve) => {
      one.addEventListener('loadedmetadata', resolve)
      one.load()
      one.preload = 'metadata'
    })
    return one.duration
  })
  expect(seconds).toBeCloseTo(0.5, 1)
})

test('a public link is copied and opens without signing in', async () => {
  const sent = await post('for everybody', picture('open.png'))
  await sent.getByRole('button', { name: 'Open the picture open.png' }).click()
  await viewer('open.png').getByRole('button', { name: 'Copy public link' }).click()
  await page.getByText('Public link copied').waitFor()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const answer = await fetch(link.replace(/^https?:\/\/[^/]+/, server.url))
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
  await page.keyboard.press('Escape')
})

test('files that are too large, empty or too many are named, the others are taken', async () => {
  const small = Array.from({ length: 11 }, (_, at) => `note ${at}`)
  const paths = await Promise.all(
    small.map(async (text, at) => {
      const path = join(folder, `note-${at}.txt`)
      await writeFile(path, text)
      return path
    }),
  )
  const nothing = join(folder, 'nothing.txt')
  await writeFile(nothing, '')
  await attach([await onDisk('huge.bin', 11), nothing, ...paths])
  const alert = page.getByRole('alert').filter({ hasText: 'huge.bin is too large (11 MB). Up to 10 MB' })
  await alert.waitFor()
  expect(await alert.textContent()).toContain('nothing.txt is empty. A post can have 10 files.')
  const attached = page.getByRole('button', { name: /^Remove note/ })
  await expect.poll(() => attached.count(), { timeout: 10_000 }).toBe(10)
  for (let at = 0; at < 10; at++) await page.getByRole('button', { name: `Remove note-${at}.txt` }).click()
})

test('what could not be uploaded stays and is tried again; sending waits for it', async () => {
  let broken = true
  await page.route('**/api/v4/files', (route) => (broken ? route.abort() : route.continue()))
  await attach([picture('west.png')])
  await page.getByText('The server was not reached.').waitFor()
  broken = false
  let arrive = (): void => undefined
  const held = new Promise<void>((resolve) => (arrive = resolve))
  await page.unroute('**/api/v4/files')
  await page.route('**/api/v4/files', async (route) => {
    await held
    await route.continue()
  })
  await page.getByRole('button', { name: 'Upload west.png again' }).click()
  await field(page).fill('waits for its picture')
  await field(page).press('Enter')
  await page.getByText('Goes out as soon as the files are uploaded.').waitFor()
  expect(await field(page).inputValue()).toBe('waits for its picture')
  arrive()
  const sent = list(page).getByRole('article').filter({ hasText: 'waits for its picture' })
  await sent.getByRole('button', { name: 'Open the picture west.png' }).waitFor()
  expect(await field(page).inputValue()).toBe('')
  await page.unroute('**/api/v4/files')
})

test('a large file goes on where it broke off', async () => {
  const parts = '**/api/v4/uploads/*'
  await page.route(parts, async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    // Only while it is broken: large bodies are slow through the hands of the test.
    await route.abort()
    await page.unroute(parts)
  })
  await attach([await onDisk('large.log', 9)])
  await page.getByRole('button', { name: 'Upload large.log again' }).click()
  await page.getByRole('button', { name: 'Remove large.log' }).waitFor()
  await field(page).fill('the log')
  await field(page).press('Enter')
  await list(page).getByRole('button', { name: 'Open large.log' }).click()
  await viewer('large.log').getByText('This is only the beginning.').waitFor()
  await page.keyboard.press('Escape')
})

test('files are dropped onto the conversation and pasted into the field', async () => {
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['dropped words'], 'dropped.txt', { type: 'text/plain' }))
    return transfer
  })
  await list(page).dispatchEvent('dragenter', { dataTransfer: data })
  await page.getByText('Drop files to attach them').waitFor()
  await list(page).dispatchEvent('drop', { dataTransfer: data })
  await page.getByRole('button', { name: 'Remove dropped.txt' }).click()
  await field(page).evaluate((one) => {
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File(['x'], 'image.png', { type: 'image/png' }))
    one.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await page.getByRole('button', { name: /^Remove \d{4}-\d\d-\d\d_\d\d-\d\d-\d\d\.png$/ }).click()
})

test('nobody is kept out of the viewer and the cards', async () => {
  const check = async (): Promise<void> => {
    expect(await violations(page, { within: ['[role=group], [role=dialog]'] })).toEqual([])
  }
  const code = { name: 'check.py', mimeType: 'text/x-python', buffer: Buffer.from('def check():\n    return 1\n') }
  const sent = await post('to check', picture('last.png'), code)
  await check()
  await sent.getByRole('button', { name: 'Open check.py' }).click()
  await viewer('check.py').getByText('return').waitFor()
  await check()
  await page.keyboard.press('Escape')
})
