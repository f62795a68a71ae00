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

const shown = (text: string, more: Record<string, string> = {}): Promise<Page> => texts.open({ text, ...more })
const pressed = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset.pressed)
const body = 'main > div'

test.each([
  { theme: 'light', lang: 'en' },
  { theme: 'dark', lang: 'ko' },
])('the sample is accessible ($theme, $lang)', async (query) => {
  const page = await texts.open(query)
  await page.waitForSelector('.hljs-keyword')
  // The page is a bare column of messages, with their headings in the order people wrote them.
  const { violations } = await new AxeBuilder({ page })
    .disableRules(['heading-order', 'page-has-heading-one', 'region', 'landmark-one-main'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await page.close()
})

test('nothing of a message becomes HTML or a dangerous link', async () => {
  const hostile = [
    '<img src=x onerror=alert(1)> <svg/onload=alert(1)> <script>alert(1)</script>',
    '[a](javascript:alert(1)) [b](JaVa\tScript:alert(1)) [c](data:text/html,<script>alert(1)</script>) [d]( vbscript:x)',
    '![e](javascript:alert(1)) ![f](data:image/svg+xml,<svg onload=alert(1)>) <javascript:alert(1)>',
    '[g](http://x"onmouseover="alert(1)) ![h"onerror="alert(1)](http://chat.example.com/x.png)',
    '```html\n<img src=x onerror=alert(1)>\n```\n```"><script>alert(1)</script>\n</code><script>alert(1)</script>\n```',
    '$\\href{javascript:alert(1)}{x}$ $\\includegraphics{http://x/y.png}$ $\\htmlClass{a}{b}$',
    '[i][j]\n\n[j]: javascript:alert(1)',
    '@anna" onclick="alert(1) #tag"><b> ~deploy</span><i>',
  ].join('\n\n')
  const page = await shown(hostile)
  await page.waitForSelector('.hljs-tag')
  const found = await page.evaluate((selector) => {
    const all = [...document.querySelector(selector)!.querySelectorAll('*')]
    return {
      tags: all
        .map(({ localName }) => localName)
        .filter((name) => ['script', 'iframe', 'object', 'embed', 'b', 'form'].includes(name)),
      handlers: all.flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith('on')),
      links: all.flatMap((element) => element.getAttribute('href') ?? []),
      sources: all.flatMap((element) => element.getAttribute('src') ?? []),
    }
  }, body)
  expect(found.tags).toEqual([])
  expect(found.handlers).toEqual([])
  for (const link of found.links) expect(link).toMatch(/^(?:https?:\/\/|\/team\/)/)
  for (const source of found.sources) expect(source).toMatch(/^http:\/\/chat\.example\.com\//)
  expect(await page.innerText(body)).toContain('<script>alert(1)</script>')
  await page.close()
})

test('names can be pressed, by mouse and by keyboard', async () => {
  const page = await shown('@anna. @all ~deploy #release @nobody ~nowhere #a')
  const message = page.locator(body)
  await message.getByText('@anna').click()
  expect(await pressed(page)).toBe('mention anna')
  await message.getByRole('link', { name: '~Deployments' }).click()
  expect(await pressed(page)).toBe('channel deploy')
  await message.getByRole('button', { name: '#release' }).focus()
  await page.keyboard.press('Enter')
  expect(await pressed(page)).toBe('hashtag #release')
  expect(await message.getByRole('button').allInnerTexts()).toEqual(['@anna', '#release'])
  expect(await page.innerText(body)).toBe('@anna. @all ~Deployments #release @nobody ~nowhere #a')
  await page.close()
})

test('links outside open in a tab of their own, pages of this site in place', async () => {
  const page = await shown(
    '[in](https://chat.example.com/sub/team/pl/x#y) [api](/sub/api/v4/x) https://example.com <me@example.com>',
  )
  const links = page.locator(`${body} a`)
  const attributes = await links.evaluateAll((all) =>
    all.map((link) => [link.getAttribute('target'), link.getAttribute('rel')]),
  )
  expect(attributes).toEqual([
    [null, null],
    ['_blank', 'noopener noreferrer'],
    ['_blank', 'noopener noreferrer'],
    [null, null],
  ])
  await links.first().click()
  expect(await pressed(page)).toBe('page /team/pl/x#y')
  await page.close()
})

test('a picture has its place before it is loaded, and opens', async () => {
  const page = await shown('![wide](/picture.svg)\n![](/x.svg =200x100)\n![badge](/b.svg =60x20)')
  const boxes = await page
    .locator(`${body} img`)
    .evaluateAll((all) => all.map((one) => [one.clientWidth, one.clientHeight]))
  expect(boxes).toEqual([
    [640, 267],
    [200, 100],
    [60, 20],
  ])
  await page.getByRole('button', { name: 'Open the image wide' }).click()
  expect(await pressed(page)).toBe('image wide')
  await page.close()

  const collapsed = await shown('![wide](/picture.svg)', { collapsed: '1' })
  expect(await collapsed.locator(`${body} img`).count()).toBe(0)
  await collapsed.getByRole('button', { name: 'wide' }).click()
  expect(await collapsed.locator(`${body} img`).count()).toBe(1)
  await collapsed.close()
})

test('long code is folded, never cut', async () => {
  const page = await shown(`\`\`\`js\n${'const a = 1\n'.repeat(59)}last()\n\`\`\``)
  await page.waitForSelector('.hljs-keyword')
  const code = page.locator('pre')
  const folded = (await code.boundingBox())!.height
  expect(await code.innerText()).toContain('last()')
  await page.getByRole('button', { name: 'Show all 60 lines' }).click()
  expect((await code.boundingBox())!.height).toBeGreaterThan(folded * 2)
  await page.locator('pre').hover()
  await page.getByRole('button', { name: 'Copy' }).click()
  expect(await pressed(page)).toMatch(/^copy const a = 1\n[^]*last\(\)$/)
  await page.close()
})

test('formulas are set; what is none stays as it was written', async () => {
  const page = await shown('$x^2$ and $\\nosuch{$\n\n```tex\n\\frac12\n```')
  await page.waitForSelector('.katex-display')
  expect(await page.locator(`${body} .katex`).count()).toBe(2)
  expect(await page.locator(`${body} code`).allInnerTexts()).toEqual(['\\nosuch{'])
  await page.close()
})

test('a header is one line, whatever it says', async () => {
  const page = await shown('# a\n\nb\n\n- c\n\n```\nd\ne\n```\n![f](/picture.svg)')
  const box = (await page.locator('header').boundingBox())!
  expect(box.height).toBeLessThan(40)
  expect((await page.innerText('header')).replaceAll(/\s+/g, ' ')).toBe('a b • c d e f')
  await page.close()
})

test('emoji alone are large; keywords and searched words are marked', async () => {
  const jumbo = await shown(':tada: :party_parrot:')
  expect(await jumbo.evaluate((selector) => getComputedStyle(document.querySelector(selector)!).fontSize, body)).toBe(
    '32px',
  )
  await jumbo.close()
  const page = await shown('회의록 deploy deployed 배포는', { search: '배포' })
  expect(await page.locator(`${body} mark`).allInnerTexts()).toEqual(['회의', 'deploy', '배포'])
  await page.close()
})

test('the pages had nothing to complain of', () => expect(texts.problems).toEqual([]))

test('words are written in their own direction, code always from the left', async () => {
  const page = await shown('مرحبا `code` بالعالم\n\n- واحد\n- اثنان\n\nHello שלום\n\n> سؤال\n\n```\nא = 1\n```')
  const directions = await page.evaluate((selector) => {
    const all = document.querySelector(selector)!.querySelectorAll('p, ul, blockquote, pre')
    return [...all].map((one) => `${one.localName} ${getComputedStyle(one).direction}`)
  }, body)
  expect(directions).toEqual(['p rtl', 'ul rtl', 'p ltr', 'blockquote rtl', 'p rtl', 'pre ltr'])
  const borders = await page.evaluate((selector) => {
    const quote = document.querySelector(`${selector} blockquote`)!
    const { borderRightWidth, borderLeftWidth } = getComputedStyle(quote)
    return [borderRightWidth, borderLeftWidth]
  }, body)
  expect(borders).toEqual(['3px', '0px'])
  await page.close()
})
