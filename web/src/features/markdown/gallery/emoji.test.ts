import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTexts } from './page.fixture.ts'
import type { OpenTexts } from './page.fixture.ts'

let texts: OpenTexts

beforeAll(async () => {
  texts = await openTexts()
})

afterAll(async () => {
  await texts.close()
})

const pressed = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset.pressed)

async function openPicker(lang = 'en', theme = 'light'): Promise<Page> {
  const page = await texts.open({ show: 'picker', lang, theme })
  await page.waitForSelector('[role=gridcell]')
  return page
}

/** The label of the cell the search field points to. */
const marked = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant')
    return id ? document.getElementById(id)!.getAttribute('aria-label') : null
  })

test('the picker is accessible', async () => {
  const page = await openPicker('ko', 'dark')
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await page.close()
})

test('keys move through the grid from the search field, Enter picks', async () => {
  const page = await openPicker()
  expect(await marked(page)).toBe('thumbs up')
  await page.keyboard.press('ArrowRight')
  expect(await marked(page)).toBe('party popper')
  await page.keyboard.press('ArrowDown')
  expect(await marked(page)).toBe('grinning face with big eyes')
  for (let times = 0; times < 6; times++) await page.keyboard.press('PageDown')
  const far = (await marked(page))!
  await expect.poll(() => page.getByRole('gridcell', { name: far, exact: true }).isVisible()).toBe(true)
  await page.keyboard.press('Shift+Enter')
  expect(await pressed(page)).toMatch(/^more /)
  await page.keyboard.type('rocket')
  await expect.poll(() => marked(page)).toBe('rocket')
  await page.keyboard.press('Enter')
  expect(await pressed(page)).toBe('pick rocket')
  await page.waitForSelector('[role=grid]', { state: 'detached' })
  await page.close()
})

test('the grid fits a small phone', async () => {
  const page = await texts.open(
    { show: 'picker' },
    { viewport: { width: 320, height: 600 }, hasTouch: true, isMobile: true },
  )
  await page.waitForSelector('[role=gridcell]')
  const rights = await page
    .getByRole('gridcell')
    .evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().right))
  expect(Math.max(...rights)).toBeLessThanOrEqual(320 - 8)
  await page.close()
})

test('Korean words and initial consonants find', async () => {
  const page = await openPicker('ko')
  await page.keyboard.insertText('ㄱㅇㅇ')
  await expect.poll(() => marked(page)).toBe('고양이')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('')
  await page.keyboard.insertText('없는말이다')
  await page.getByText('일치하는 이모지가 없습니다.').waitFor()
  await page.close()
})

test('the tone of skin is chosen once', async () => {
  const page = await openPicker()
  await page.getByRole('button', { name: 'Skin tone: Default' }).click()
  await page.getByRole('menuitemradio', { name: /Dark$/ }).click()
  await page.getByRole('button', { name: 'Skin tone: Dark' }).waitFor()
  expect(await page.getByRole('gridcell', { name: 'thumbs up' }).innerText()).toBe('👍🏿')
  await page.getByRole('gridcell', { name: 'thumbs up' }).click()
  expect(await pressed(page)).toBe('pick +1_dark_skin_tone')
  await page.close()
})

test('custom emoji come page by page, and from the search of the server', async () => {
  const page = await openPicker()
  const pages = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset.pages)
  expect(await pages()).toBe('1')
  await page.getByRole('button', { name: 'Custom emoji' }).click()
  await page.getByRole('gridcell', { name: 'dot_000' }).waitFor()
  expect(await marked(page)).toBe('dot_000')
  const onwards = async (): Promise<string | undefined> => {
    await page.keyboard.press('PageDown')
    return pages()
  }
  await expect.poll(onwards, { timeout: 10_000 }).toBe('3')
  await page.keyboard.type('hidden')
  await page.getByRole('gridcell', { name: 'hidden_gem' }).click()
  expect(await pressed(page)).toBe('pick hidden_gem')
  await page.close()
})

test('a custom emoji is made of a picture and a name', async () => {
  const page = await texts.open({ show: 'upload' })
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Add emoji' }).click()
  await dialog.getByText('Give it a name.').waitFor()
  await dialog.getByText('Choose a picture.').waitFor()
  const choose = async (name: string, mimeType: string, bytes: Buffer): Promise<void> => {
    const waiting = page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: /^Choose a/ }).click()
    await (await waiting).setFiles({ name, mimeType, buffer: bytes })
  }
  await choose('a.txt', 'text/plain', Buffer.from('x'))
  await dialog.getByText('This is no PNG').waitFor()
  await choose('b.png', 'image/png', Buffer.from('no picture at all'))
  await dialog.getByText('This is no PNG').waitFor()
  await choose('c.png', 'image/png', Buffer.alloc(513 * 1024))
  await dialog.getByText('larger than 512 KiB').waitFor()
  const picture = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64')
  await choose('My Cat.gif', 'image/gif', picture)
  const name = dialog.getByLabel('Name')
  await expect.poll(() => name.inputValue()).toBe('my_cat')
  await name.fill('smile')
  await dialog.getByText('There is an emoji of this name already.').waitFor()
  await name.fill('taken')
  await name.press('Enter')
  await dialog.getByText('The name is taken.').waitFor()
  await name.fill('my_cat')
  await name.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  expect(await pressed(page)).toBe('created my_cat of My Cat.gif')
  await page.close()
})

test('the pages had nothing to complain of', () => expect(texts.problems).toEqual([]))
