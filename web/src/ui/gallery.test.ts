import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openGallery } from './gallery/gallery.fixture.ts'
import type { OpenGallery } from './gallery/gallery.fixture.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

let gallery: OpenGallery
let page: Page
const opened = new Map<string, Page>()

/** The page of one look; tests share it, and each leaves it closed and scrolled as it likes. */
async function at(query: string, context?: typeof PHONE): Promise<Page> {
  const key = query + (context ? ' phone' : '')
  const found = opened.get(key) ?? (await gallery.open(query, context))
  opened.set(key, found)
  return found
}

beforeAll(async () => {
  gallery = await openGallery()
  page = await at('theme=light')
})

afterAll(() => gallery?.close())

afterEach(async ({ task }) => {
  // What a failed test left open must not fail the ones after it, nor its own repetition.
  if (task.result?.state === 'fail') await page.reload()
  const problems = gallery.problems.splice(0)
  if (problems.length > 0) throw new Error(`The page reported: ${problems.join('\n')}`)
})

/** What axe says about what a selector finds; of the whole page it takes seconds, so each look is read once. */
async function violations(where: Page, selector: string, only?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page: where }).include(selector)
  const { violations: found } = await (only ? axe.withRules([only]) : axe).analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
  )
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '')

describe('what axe finds', () => {
  it.each(['theme=light', 'theme=light&show=frame'])('is nothing (%s)', async (query) => {
    expect(await violations(await at(query), 'html')).toEqual([])
  })

  it.each(['theme=dark&lang=ko', 'theme=light&contrast=more'])('is no colour too weak (%s)', async (query) => {
    expect(await violations(await at(query), 'main', 'color-contrast')).toEqual([])
  })

  it.each(['dialog', 'confirm'])('is nothing in a %s', async (show) => {
    expect(await violations(await at(`theme=dark&show=${show}`), '[role=dialog], [role=alertdialog]')).toEqual([])
  })

  it('is nothing in a menu and its submenu', async () => {
    await button('Actions').press('Enter')
    await page.keyboard.type('rem')
    await page.keyboard.press('ArrowRight')
    await page.getByRole('menuitem', { name: 'In an hour' }).waitFor()
    expect(await violations(page, '[role=menu]')).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
  })

  it('is nothing in a calendar', async () => {
    await page.getByRole('button', { name: /Calendar/ }).press('Enter')
    await page.getByRole('grid').waitFor()
    expect(await violations(page, '[role=dialog]')).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('grid').waitFor({ state: 'detached' })
  })

  it('is nothing in notices', async () => {
    await button('With Undo').press('Enter')
    await page.getByText('Channel archived.').waitFor()
    const region = page.getByRole('region', { name: 'Notices' })
    expect(await violations(page, '[aria-label=Notices]')).toEqual([])
    await region.getByRole('button', { name: 'Close' }).click()
  })
})

describe('what opens', () => {
  it('a menu is worked by keys, and the focus returns', async () => {
    await button('Actions').press('ArrowDown')
    await page.getByRole('menuitem', { name: 'Reply' }).waitFor()
    await page.keyboard.type('sa')
    await expect.poll(focused).toContain('Save for later')
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await expect.poll(focused).toBe('Actions')
  })

  it('in the colours of a high contrast the item at hand is as clear as the others, its icon and its key too', async () => {
    await page.emulateMedia({ forcedColors: 'active' })
    await button('Actions').click()
    await page.getByRole('menuitem', { name: 'Reply' }).hover()
    const colours = await page.getByRole('menuitem', { name: 'Reply' }).evaluate((item) => {
      const all = [item, ...item.querySelectorAll('svg, [slot=label], kbd')]
      return [...new Set(all.map((one) => getComputedStyle(one).color))]
    })
    expect(colours).toHaveLength(1)
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await page.emulateMedia({ forcedColors: 'none' })
  })

  it('a choice in a menu shows which one holds', async () => {
    await button('Sort').click()
    await page.getByRole('menuitemradio', { name: 'By name' }).click()
    await button('Sort').click()
    expect(await page.getByRole('menuitemradio', { checked: true }).allTextContents()).toEqual(['By name'])
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
  })

  it('a right click opens a menu where it was made, submenus included', async () => {
    await page.getByText('Click here with the right button').click({ button: 'right' })
    const click = (await page.getByText('Click here with the right button').boundingBox())!
    const menu = (await page.getByRole('menu').boundingBox())!
    expect(Math.abs(menu.x - (click.x + click.width / 2))).toBeLessThan(8)
    await page.getByRole('menuitem', { name: 'Remind me' }).click()
    await page.getByRole('menuitem', { name: 'Tomorrow morning' }).click()
    await page.getByRole('menu').first().waitFor({ state: 'detached' })
  })

  it('a dialog holds the focus, starts at its field, and gives the focus back', async () => {
    await button('Dialog').click()
    const name = page.getByRole('dialog', { name: 'New group' }).getByLabel('Name')
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
    for (let tab = 0; tab < 8; tab++) await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(focused).toBe('Dialog')
  })

  it('a dialog is a whole window on a phone', async () => {
    const phone = await at('show=dialog', PHONE)
    expect(await phone.getByRole('dialog').boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 })
  })

  it('a dangerous question begins at the way out', async () => {
    await button('Question').click()
    await page.getByRole('alertdialog').waitFor()
    await expect.poll(focused).toBe('Cancel')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  })

  it('a popover closes from inside', async () => {
    await button('Popover').click()
    await page.getByRole('dialog', { name: 'About' }).getByRole('button', { name: 'Done' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(focused).toBe('Popover')
  })

  it('a tooltip comes with the keyboard focus at once and goes with Escape', async () => {
    const tipOfNext = async (): Promise<string> => {
      await button('Add a reaction').focus()
      await page.keyboard.press('Tab')
      return (await page.getByRole('tooltip').allInnerTexts()).join()
    }
    await expect.poll(tipOfNext).toMatch(/^Bold\s+Ctrl\s*B$/)
    await page.keyboard.press('Escape')
    await page.getByRole('tooltip').waitFor({ state: 'hidden' })
  })

  it('a tooltip that says more than the name describes what it belongs to', async () => {
    await button('3:07 PM').hover()
    await page.getByRole('tooltip').getByText('Sunday, November 22').waitFor()
    const described = await button('3:07 PM').getAttribute('aria-describedby')
    expect(await page.getByRole('tooltip').getAttribute('id')).toBe(described)
  })

  it('a notice is heard, and its action works', async () => {
    await button('With Undo').click()
    const region = page.getByRole('region', { name: 'Notices' })
    expect(await region.getByRole('list').getAttribute('aria-live')).toBe('polite')
    await region.getByRole('button', { name: 'Undo' }).click()
    await region.getByText('Back again.').waitFor()
    expect(await region.getByText('Channel archived.').count()).toBe(0)
  })
})

describe('what lies above all', () => {
  it('a notice can be answered while a dialog is open, which stays', async () => {
    await button('With Undo').click()
    await button('Dialog').click()
    await page.getByRole('dialog').waitFor()
    await button('Undo').click()
    await page.getByText('Back again.').last().waitFor()
    expect(await page.getByRole('dialog').count()).toBe(1)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('files are taken where they are dropped, after the place has shown itself', async () => {
    const zone = page.getByText('Drag a file here')
    const files = await page.evaluateHandle(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['x'], 'notes.txt'))
      return transfer
    })
    await zone.dispatchEvent('dragenter', { dataTransfer: files })
    await page.getByText('Drop files to attach them').waitFor()
    await zone.dispatchEvent('drop', { dataTransfer: files })
    await page.getByText('notes.txt').waitFor()
    expect(await page.getByText('Drop files to attach them').count()).toBe(0)
  })
})

describe('what is typed', () => {
  const picker = () => page.getByRole('combobox', { name: 'People' })
  const chosen = () => page.getByRole('listbox', { name: 'People' }).getByRole('option', { selected: true })

  it('Enter takes the first hit of a filter, Escape empties it', async () => {
    await picker().fill('sam')
    await picker().press('Enter')
    await picker().press('Escape')
    expect(await picker().inputValue()).toBe('')
    expect(await chosen().allInnerTexts()).toEqual([
      expect.stringContaining('Anna Berg'),
      expect.stringContaining('Sam Okoro'),
    ])
  })

  it('an Enter that ends a Korean syllable chooses nothing', async () => {
    await picker().focus()
    const before = await chosen().count()
    const init = { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }
    await picker().evaluate((field, event) => field.dispatchEvent(new KeyboardEvent('keydown', event)), init)
    expect(await chosen().count()).toBe(before)
  })

  it('arrows move through the options and past the end to the first', async () => {
    const active = () => picker().getAttribute('aria-activedescendant')
    await picker().focus()
    const first = await active()
    await picker().press('ArrowUp')
    expect(await active()).not.toBe(first)
    await picker().press('ArrowDown')
    expect(await active()).toBe(first)
  })

  it('a combo box finds by typing', async () => {
    const zone = page.getByRole('combobox', { name: 'Time zone' })
    // A list closes when the page scrolls: let the scrolling to the field be over.
    await zone.scrollIntoViewIfNeeded()
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    await zone.fill('paris')
    await page.getByRole('option', { name: 'Europe/Paris' }).waitFor()
    await zone.press('ArrowDown')
    await zone.press('Enter')
    await expect.poll(() => zone.inputValue()).toBe('Europe/Paris')
  })

  it('a password can be seen, and an error is bound to its field', async () => {
    const password = page.getByLabel('Password', { exact: true })
    await button('Show password').click()
    expect(await password.getAttribute('type')).toBe('text')
    const user = page.getByLabel('Username')
    expect(await user.getAttribute('aria-invalid')).toBe('true')
    const note = await user.getAttribute('aria-describedby')
    expect(await page.locator(`[id="${note}"]`).innerText()).toContain('Use letters')
  })

  it('a text area grows with its text', async () => {
    const area = page.getByLabel('About')
    const before = (await area.boundingBox())!.height
    await area.fill('line\n'.repeat(8))
    expect((await area.boundingBox())!.height).toBeGreaterThan(before + 60)
  })

  it('a colour is taken when it can be read, and told when it cannot', async () => {
    const field = page.getByRole('textbox', { name: 'Accent' }).and(page.locator('[maxlength]'))
    await field.fill('#fc6')
    expect(await page.locator('input[type=color]').inputValue()).toBe('#ffcc66')
    await field.fill('orange')
    await page.getByText('Write a colour as').waitFor()
  })

  it('a date stands in the order of the reader’s language and steps by arrows', async () => {
    const korean = await at('theme=dark&lang=ko')
    const field = korean.getByRole('group', { name: '보낼 시각' })
    const said = () => field.evaluate((group) => group.textContent.replace(/[\u2066-\u2069\s]/g, ''))
    expect(await said()).toBe('2026.11.22.오후3:07')
    await field.getByRole('spinbutton').first().focus()
    await korean.keyboard.press('ArrowUp')
    await expect.poll(said).toBe('2027.11.22.오후3:07')
  })
})

describe('what hands need', () => {
  it('the edge of a column moves by keys and returns by double click', async () => {
    const edge = page.getByRole('separator', { name: 'Width' })
    const width = () => edge.getAttribute('aria-valuenow')
    await edge.press('ArrowRight')
    expect(await width()).toBe('216')
    await edge.press('Home')
    expect(await width()).toBe('120')
    await edge.dblclick()
    expect(await width()).toBe('200')
  })

  it('everything to touch is at least 40 px high on a touch screen', async () => {
    const phone = await at('theme=light', PHONE)
    const small = await phone
      .locator('main :is(button, input:not([tabindex="-1"]), select, textarea, summary, [role=tab], [role=option])')
      .evaluateAll((all) =>
        all
          .map((element) => {
            // A box and its label are one target.
            const line = element.matches('[type=checkbox], [type=radio]') ? element.parentElement! : element
            const field = element.matches('input, textarea, select') ? (line.parentElement ?? line) : line
            return {
              html: element.outerHTML.slice(0, 120),
              height: Math.max(line.getBoundingClientRect().height, field.getBoundingClientRect().height),
            }
          })
          .filter(({ height }) => height < 40),
      )
    expect(small).toEqual([])
  })

  it('no page scrolls sideways on a phone', async () => {
    const phone = await at('theme=light', PHONE)
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })
})

it('the kit knows nothing above it', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: import.meta.dirname })
  const foreign = files.flatMap((file) =>
    [...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/from '(\.\.?\/[^']+)'/g)].filter(([, path]) =>
      /\/(features|store|shell|client)\//.test(path!),
    ),
  )
  expect(foreign).toEqual([])
})
