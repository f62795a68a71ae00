import type { CDPSession, Page } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import { field, Journey, list } from './journey.fixture.ts'
import { writePosts } from './posts.fixture.ts'

// Work of the thread, not of the clock, and only as ratios and counts: they are the same on every machine. SPEED=1 prints the figures.

vi.setConfig({ testTimeout: 120_000 })

const here = new Journey()
const newest = { large: 'large 4999', small: 'small 59', other: 'other 59' }
type Name = keyof typeof newest

const CONTENT = [
  'a **sentence** with `code` and @anna in it',
  '오늘 오후에 배포해도 될까요? 마이그레이션은 어제 확인했습니다.',
  'yes :tada:',
  'see [the runbook](https://example.com/runbook)\n\n- contrast\n- words',
  '\n```ts\nexport function unreadOf(state: State, id: Id): Unread {\n  return count(state.members[id])\n}\n```',
]

beforeAll(async () => {
  for (const name of Object.keys(newest)) {
    const { id } = await here.channel(name)
    const count = name === 'large' ? 5_000 : 60
    await writePosts(here.server, id, here.jiho, count, (at) => `${name} ${at}: ${CONTENT[at % CONTENT.length]}`)
    await here.server.as(here.anna).post('/channels/members/me/view', { channel_id: id })
  }
})

async function start(): Promise<{ page: Page; devices: CDPSession }> {
  const page = await here.open(here.anna, 'channels/large')
  await list(page).getByText(newest.large).waitFor()
  const devices = await page.context().newCDPSession(page)
  await devices.send('Performance.enable', { timeDomain: 'threadTicks' })
  return { page, devices }
}

/** Goes to a channel by a press on its name. Done within the page: finding things as people do would be work too. */
const open = (page: Page, name: Name): Promise<void> =>
  page.evaluate(
    async ([end, words]) => {
      document.querySelector<HTMLElement>(`nav a[href$="${end}"]`)!.click()
      const last = (): string => [...document.querySelectorAll('[data-post-id]')].at(-1)?.textContent ?? ''
      while (!last().includes(words)) await new Promise((resolve) => requestAnimationFrame(resolve))
    },
    [`/channels/${name}`, newest[name]] as const,
  )

/** ms of work on the main thread while `act` runs and until it is drawn. */
async function workOf(page: Page, devices: CDPSession, act: () => Promise<unknown>): Promise<number> {
  const work = async (): Promise<number> => {
    const { metrics } = await devices.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1_000
  }
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
  const before = await work()
  await act()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  return (await work()) - before
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** Work that is the same everywhere and always: a list of a thousand lines is made and laid out. */
const yardstick = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const list = document.createElement('div')
    for (let at = 0; at < 1_000; at++) {
      const line = list.appendChild(document.createElement('p'))
      line.append(`line ${at} `, Object.assign(document.createElement('b'), { textContent: 'bold' }))
    }
    document.body.append(list)
    list.getBoundingClientRect()
    list.remove()
  })

const round = (figure: number): number => Math.round(figure * 10) / 10
const tell = (figures: object): void => void (process.env['SPEED'] && console.log(figures))

test('a loaded channel is there with little work, however many posts it has', async () => {
  const { page, devices } = await start()
  for (const name of ['small', 'other', 'large', 'small'] as const) await open(page, name)
  const works: Record<Name | 'yardstick', number[]> = { large: [], small: [], other: [], yardstick: [] }
  for (let turn = 0; turn < 7; turn++) {
    for (const name of ['other', 'large', 'small'] as const) {
      works[name].push(await workOf(page, devices, () => open(page, name)))
    }
    works.yardstick.push(await workOf(page, devices, () => yardstick(page)))
  }
  const [large, small, stick] = [works.large, works.small, works.yardstick].map(median) as [number, number, number]
  tell({ large: round(large), small: round(small), yardstick: round(stick), least: round(Math.min(...works.small)) })
  expect(large / small).toBeLessThan(2)
  // Measured: 0.75 to 1.
  expect(small / stick).toBeLessThan(1.5)
})

/** Loads every post of the channel in view, in larger pages than a reader needs. */
async function loadAll(page: Page): Promise<void> {
  await page.route('**/posts?before=*', (route) =>
    route.continue({ url: route.request().url().replace('per_page=60', 'per_page=200') }),
  )
  await list(page).evaluate(async (scroller) => {
    while (!scroller.querySelector('h2')) {
      scroller.scrollTop = 0
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  })
  await page.getByRole('button', { name: 'Jump to recent' }).click()
  await list(page).getByText(newest.large).waitFor()
}

const WORDS = 'the quick brown fox jumps over the lazy dog '

/** Waits until nothing moves by itself any more: colours of code come late, and rows are measured. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const watch = new MutationObserver(() => undefined)
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    do {
      watch.takeRecords()
      for (let frame = 0; frame < 10; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
      await new Promise((resolve) => requestIdleCallback(resolve))
    } while (watch.takeRecords().length > 0)
    watch.disconnect()
  })

/** Types, and answers what a key costs and what it changes outside of the box it is typed into. */
async function typed(page: Page, devices: CDPSession): Promise<{ work: number; touched: string[] }> {
  // A pointer over a post would show its buttons, and hide them some time.
  await field(page).click()
  // The first letters begin a draft, which other parts of the page show.
  await field(page).pressSequentially('begun ')
  await settled(page)
  await page.evaluate(() => {
    const touched: string[] = []
    const note = (records: MutationRecord[]): void => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement
        if (element && !element.closest('[data-composer]')) touched.push(element.outerHTML.slice(0, 120))
      }
    }
    const watch = new MutationObserver(note)
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    Object.assign(window, { touched: () => (note(watch.takeRecords()), watch.disconnect(), touched) })
  })
  const work = await workOf(page, devices, () => page.keyboard.type(WORDS))
  const touched = await page.evaluate(() => (window as unknown as { touched: () => string[] }).touched())
  await field(page).fill('')
  return { work: work / WORDS.length, touched }
}

/** How many of the tasks that hold the thread for 50 ms or more had a key in them, of one round of words. */
async function longKeys(page: Page): Promise<number> {
  await page.evaluate(() => {
    const tasks: PerformanceEntry[] = []
    const keys: number[] = []
    const watch = new PerformanceObserver((list) => void tasks.push(...list.getEntries()))
    watch.observe({ type: 'longtask' })
    const note = (): void => void keys.push(performance.now())
    window.addEventListener('keydown', note, true)
    const long = (): number => {
      tasks.push(...watch.takeRecords())
      watch.disconnect()
      window.removeEventListener('keydown', note, true)
      const isIn = (at: number, { startTime, duration }: PerformanceEntry) =>
        at >= startTime && at <= startTime + duration
      return keys.length < 40 ? NaN : tasks.filter((task) => keys.some((at) => isIn(at, task))).length
    }
    Object.assign(window, { long })
  })
  await page.keyboard.type(WORDS)
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  return page.evaluate(() => (window as unknown as { long: () => number }).long())
}

/** The same of the best of several rounds: a machine that is busy with other things stalls now and then, our own work would each time. */
async function leastLongKeys(page: Page): Promise<number> {
  let least = Infinity
  for (let round = 0; round < 6 && least !== 0; round++) least = Math.min(least, await longKeys(page))
  return least
}

test('a key costs the same with 5,000 posts loaded as with 60, far less than a frame, and touches nothing but its box', async () => {
  const { page, devices } = await start()
  await open(page, 'small')
  const few = await typed(page, devices)
  await open(page, 'large')
  await loadAll(page)
  const many = await typed(page, devices)
  const stick = await workOf(page, devices, () => yardstick(page))
  tell({ few: round(few.work), many: round(many.work), yardstick: round(stick) })
  expect([few.touched, many.touched]).toEqual([[], []])
  expect(many.work / few.work).toBeLessThan(2)
  await field(page).click()
  const long = await leastLongKeys(page)
  const empty = await page.context().newPage()
  await empty.setContent('<textarea autofocus></textarea>')
  await empty.locator('textarea').focus()
  const unavoidable = long === 0 ? 0 : await leastLongKeys(empty)
  tell({ long, unavoidable })
  expect(long).toBeLessThanOrEqual(unavoidable)
})
