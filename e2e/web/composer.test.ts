import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, CDPSession, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'

let server: TestServer
let browser: Browser
let team: Awaited<ReturnType<TestServer['make']['team']>>
let anna: Person
let jiho: Person
let page: Page
let keyboard: CDPSession

beforeAll(async () => {
  ;[server, browser] = await Promise.all([TestServer.start(), openBrowser()])
  anna = await server.make.user({ username: 'anna' })
  jiho = await server.make.user({ username: 'jiho' })
  const crowd = await Promise.all(Array.from({ length: 7 }, () => server.make.user()))
  team = await server.make.team([anna, jiho, ...crowd], { name: 'garden' })
  const sora = await server.make.user({ username: 'sora' })
  await server.make.joinTeam(team.id, sora)
  await server.as(jiho).put('/users/me/patch', { last_name: '홍', first_name: '길동' })
  await server.as(sora).put('/users/me/patch', { last_name: '김', first_name: '소라' })
  page = await openPage(browser, server, { person: anna })
  await page.goto('/garden/channels/town-square')
  await field(page).waitFor()
  keyboard = await page.context().newCDPSession(page)
})

afterAll(async () => {
  await browser.close()
  await server.stop()
})

const field = (where: Page | Locator): Locator => where.getByRole('textbox', { name: /^Message / })
const list = (where: Page): Locator => where.getByRole('region', { name: /^Messages in/ })
const options = (): Locator => page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option')

async function write(text: string): Promise<void> {
  await field(page).fill('')
  await field(page).focus()
  await page.keyboard.type(text)
}

/** The last posts of a channel as the server has them, newest first. */
async function messages(channelId = team.townSquare): Promise<string[]> {
  const { body } = await server.as(anna).get(`/channels/${channelId}/posts`)
  return body.order.map((id: string) => body.posts[id].message)
}

/** What an input method does while a syllable grows. */
async function compose(...steps: string[]): Promise<void> {
  for (const text of steps) {
    await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  }
}

/** The key that ends a composition: browsers mark it as the input method's. */
const keyOfMethod = (key: string): Promise<unknown> =>
  keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code: key, windowsVirtualKeyCode: 229 })

test('what one person sends, the other one reads; while it is written, that is shown', async () => {
  const other = await openPage(browser, server, { person: jiho })
  await other.goto('/garden/channels/town-square')
  await field(other).waitFor()
  await write('Good morning')
  await other.getByText(/anna is typing/).waitFor()
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('- one')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('two')
  expect(await field(page).inputValue()).toBe('Good morning\n- one\n- two')
  await page.keyboard.press('Enter')
  await list(other).getByText('Good morning').waitFor()
  expect(await list(other).getByRole('listitem').allTextContents()).toEqual(['one', 'two'])
  expect(await field(page).inputValue()).toBe('')
  expect(await field(page).evaluate((one) => one === document.activeElement)).toBe(true)
  await other.context().close()
})

test('Hangul is written once, and the Enter that ends a syllable sends nothing', async () => {
  await write('')
  await compose('ㅎ', '하', '한')
  await keyboard.send('Input.insertText', { text: '한' })
  await compose('ㄱ', '그', '글')
  await keyOfMethod('Enter')
  expect(await field(page).inputValue()).toBe('한글')
  await keyboard.send('Input.insertText', { text: '글' })
  await page.keyboard.press('Enter')
  await list(page).getByText('한글', { exact: true }).waitFor()
  expect(await field(page).inputValue()).toBe('')
  // The page shows a message before the server has it.
  await expect.poll(async () => (await messages()).filter((one) => one.includes('글'))).toEqual(['한글'])
})

test('a press on Send while a syllable is composed sends all of it', async () => {
  await write('')
  await compose('ㄴ', '나', '난')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await list(page).getByText('난', { exact: true }).waitFor()
  expect(await field(page).inputValue()).toBe('')
})

test('people are found by initial consonants and by half a syllable, while it is composed', async () => {
  await write('@ㅎㄱ')
  await options().filter({ hasText: '홍길동' }).waitFor()
  await write('@')
  await compose('ㅎ', '호', '홍')
  await options().filter({ hasText: '홍길동' }).waitFor()
  await options().filter({ hasText: '홍길동' }).click()
  expect(await field(page).inputValue()).toBe('@jiho ')
  await write('@소')
  await page.getByText('Not in this channel').waitFor()
  await page.keyboard.press('Enter')
  expect(await field(page).inputValue()).toBe('@sora ')
})

test('channels, emoji in Korean, commands and languages are completed; nothing is inside of code', async () => {
  await write('see ~off')
  await options().filter({ hasText: 'Off-Topic' }).waitFor()
  await page.keyboard.press('Tab')
  expect(await field(page).inputValue()).toBe('see ~off-topic ')
  await write('so :smile_c')
  await options().filter({ hasText: ':smile_cat:' }).waitFor()
  await page.keyboard.press('Enter')
  expect(await field(page).inputValue()).toBe('so :smile_cat: ')
  await write('/sett')
  await options().filter({ hasText: '/settings' }).waitFor()
  await write('```pyth')
  await options().filter({ hasText: 'python' }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  expect(await field(page).inputValue()).toBe('```python\n\n```')
  await page.keyboard.type('@ji')
  expect(await options().count()).toBe(0)
  await write('mail to a@ji')
  expect(await options().count()).toBe(0)
})

test('Escape closes the list for that word; arrows move in it', async () => {
  await write('@')
  await options().nth(2).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await options().nth(2).getAttribute('data-active')).toBe('true')
  await page.keyboard.press('Escape')
  await page.keyboard.type('ji')
  expect(await options().count()).toBe(0)
})

test('Up edits the last post in the same box; Escape gives it up', async () => {
  await write('frist thing')
  const sent = page.waitForResponse((answer) => answer.url().endsWith('/api/v4/posts'))
  await page.keyboard.press('Enter')
  await (await sent).finished()
  await list(page).getByText('frist thing').waitFor()
  await page.keyboard.press('ArrowUp')
  const edit = page.getByRole('textbox', { name: 'Edit message' })
  await edit.waitFor()
  await page.keyboard.press('Escape')
  await edit.waitFor({ state: 'detached' })
  await field(page).focus()
  await page.keyboard.press('ArrowUp')
  await edit.fill('first thing')
  await page.keyboard.press('Enter')
  await list(page).getByText('first thing').waitFor()
  await expect.poll(async () => (await messages())[0]).toBe('first thing')
})

test('Ctrl+Up brings back what was sent', async () => {
  await field(page).focus()
  await page.keyboard.press('Control+ArrowUp')
  expect(await field(page).inputValue()).toBe('frist thing')
  await page.keyboard.press('Control+ArrowDown')
  expect(await field(page).inputValue()).toBe('')
})

test('the selection is marked up by keys and buttons, and undo takes it back', async () => {
  await write('make it bold')
  await page.keyboard.press('Shift+Control+ArrowLeft')
  await page.keyboard.press('Control+b')
  expect(await field(page).inputValue()).toBe('make it **bold**')
  await page.getByRole('button', { name: 'Strikethrough' }).click()
  expect(await field(page).inputValue()).toBe('make it **~~bold~~**')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  expect(await field(page).inputValue()).toBe('make it bold')
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByRole('region', { name: 'Preview' }).getByText('make it bold').waitFor()
  await page.keyboard.press('Control+Alt+p')
  expect(await field(page).isVisible()).toBe(true)
})

test('where there is little room the tools stay in one row; what does not fit is in a menu', async () => {
  const row = page.getByRole('toolbar', { name: 'Formatting' }).locator('..')
  const height = async (): Promise<number> => (await row.boundingBox())!.height
  await page.getByRole('button', { name: 'Heading' }).waitFor()
  const wide = await height()
  await page.setViewportSize({ width: 800, height: 720 })
  await page.getByRole('button', { name: 'Heading' }).waitFor({ state: 'hidden' })
  expect(await height()).toBe(wide)
  await write('title')
  await page.getByRole('button', { name: 'More formatting' }).click()
  await page.getByRole('menuitem', { name: 'Heading' }).click()
  await expect.poll(() => field(page).inputValue()).toBe('### title')
  await expect.poll(() => field(page).evaluate((one) => one === document.activeElement)).toBe(true)
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.getByRole('button', { name: 'Heading' }).waitFor()
})

/** Pastes as from another program. */
async function paste(data: Record<string, string>): Promise<void> {
  await field(page).evaluate((one, entries) => {
    const clipboardData = new DataTransfer()
    for (const [type, text] of Object.entries(entries)) clipboardData.setData(type, text)
    one.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, data)
}

test('an address over words makes a link, cells make a table, code makes a block', async () => {
  await write('read this')
  await page.keyboard.press('Shift+Control+ArrowLeft')
  await paste({ 'text/plain': 'https://docs.gitlab.com/ci' })
  expect(await field(page).inputValue()).toBe('read [this](https://docs.gitlab.com/ci)')
  await write('')
  const cells = '<table><tr><td>이름</td><td>a|b</td></tr><tr><td>홍길동</td><td>3</td></tr></table>'
  await paste({ 'text/plain': '이름\ta|b\n홍길동\t3', 'text/html': cells })
  expect(await field(page).inputValue()).toBe('| 이름 | a\\|b |\n| --- | --- |\n| 홍길동 | 3 |\n')
  await write('')
  await paste({ 'text/plain': 'let a\nlet b', 'vscode-editor-data': '{"mode":"typescript"}' })
  expect(await field(page).inputValue()).toBe('```typescript\nlet a\nlet b\n```\n')
})

test('a word for everybody is asked about with the number of people it reaches', async () => {
  await write('@all lunch is here')
  await page.keyboard.press('Enter')
  const question = page.getByRole('alertdialog')
  await question.getByText(/@all notifies up to 8 people/).waitFor()
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(await field(page).inputValue()).toBe('@all lunch is here')
  await field(page).focus()
  await page.keyboard.press('Enter')
  await question.getByRole('button', { name: 'Send' }).click()
  await list(page).getByText('lunch is here').waitFor()
  expect(await field(page).inputValue()).toBe('')
})

test('a message that is too long says by how much, and becomes a file', async () => {
  await field(page).fill('x'.repeat(16_380))
  await page.getByText('3 characters left').waitFor()
  await field(page).fill('가'.repeat(16_390))
  await page.getByText('7 characters too many').waitFor()
  await field(page).focus()
  await page.keyboard.press('Enter')
  await page.getByText(/is 7 characters too long/).waitFor()
  await page.getByRole('button', { name: 'Attach the text as a file' }).click()
  await page.getByRole('button', { name: 'Open message.md' }).waitFor()
  expect(await field(page).inputValue()).toBe('')
  await page.getByRole('button', { name: 'Remove message.md' }).click()
})

test('commands of the client work without the server; what is none can be sent as a message', async () => {
  await write('/shortcuts')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await write('/nothing-like-this')
  await page.keyboard.press('Enter')
  const send = page.getByRole('button', { name: 'Send as a message' })
  await send.waitFor()
  expect(await field(page).inputValue()).toBe('/nothing-like-this')
  await send.click()
  await list(page).getByText('/nothing-like-this').waitFor()
})

test('a priority is shown in the box and on the post', async () => {
  await write('the server is down')
  await page.getByRole('button', { name: 'Priority' }).click()
  await page.getByRole('menuitemradio', { name: 'Urgent' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Remove the priority' }).waitFor()
  await field(page).focus()
  await page.keyboard.press('Enter')
  await list(page).getByText('the server is down').waitFor()
  await list(page).getByText('Urgent').waitFor()
  expect(await page.getByRole('button', { name: 'Remove the priority' }).count()).toBe(0)
})

test('Ctrl+Enter sends where somebody prefers it; Enter makes a line', async () => {
  const preference = { user_id: jiho.id, category: 'advanced_settings', name: 'send_on_ctrl_enter', value: 'true' }
  await server.as(jiho).put('/users/me/preferences', [preference])
  const other = await openPage(browser, server, { person: jiho })
  await other.goto('/garden/channels/off-topic')
  await field(other).focus()
  await other.keyboard.type('one')
  await other.keyboard.press('Enter')
  await other.keyboard.type('two')
  await other.keyboard.press('Control+Enter')
  await list(other).getByText('two').waitFor()
  await expect.poll(async () => (await messages(team.offTopic))[0]).toBe('one\ntwo')
  await other.context().close()
})

test('where nothing can be written, it is said why', async () => {
  const old = await server.make.channel(team.id, [anna], { name: 'old', displayName: 'Old' })
  const gone = await server.make.user({ username: 'gone' })
  const direct = await server.make.direct(anna, gone)
  const admin = await server.make.admin()
  await server.as(admin).delete(`/channels/${old.id}`)
  await server.as(admin).put(`/users/${gone.id}/active`, { active: false })
  const other = await openPage(browser, server, { person: anna })
  await other.goto('/garden/channels/old')
  await other
    .getByText(/This channel is archived/)
    .first()
    .waitFor()
  expect(await field(other).count()).toBe(0)
  await other.goto(`/garden/messages/${direct.name}`)
  await other.getByText('The account of @gone is deactivated').waitFor()
  await other.context().close()
})

test('nobody is kept out, in light and dark, with the list open', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await write('hello @')
    await options().first().waitFor()
    // The keys of the field scroll the list; a field of several lines may not say so by being a combo box.
    const axe = new AxeBuilder({ page }).disableRules('scrollable-region-focusable')
    const { violations } = await axe.include('[data-composer]').include('[role=listbox]').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  }
})
