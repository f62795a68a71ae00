import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasFirefox, openFirefox } from '../../testkit/engines/firefox.ts'
import { hasWebKit, openWebKit } from '../../testkit/engines/webkit.ts'
import { makeSampleTeam } from '../../testkit/sample-team.ts'
import type { SampleTeam } from '../../testkit/sample-team.ts'
import { TestServer } from '../../testkit/server.ts'
import { Hand } from './hand.fixture.ts'
import type { Sight } from './hand.fixture.ts'

const PASSWORD = 'correct-horse-battery-1'

let server: TestServer
let team: SampleTeam
let folder: string

beforeAll(async () => {
  server = await TestServer.start()
  team = await makeSampleTeam(server)
  const admin = server.as(await server.make.admin())
  for (const name of ['dana', 'eunji']) {
    await admin.put(`/users/${team.people[name]!.id}/password`, { new_password: PASSWORD })
  }
  folder = await mkdtemp(join(tmpdir(), 'outpost-engines-'))
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

const field = (channel: string): Sight => ({ role: 'textbox', name: new RegExp(`^Message ${channel}`) })
const post = (text: string): Sight => ({ role: 'article', text })
const button = (name: string | RegExp, within?: Sight): Sight => ({ role: 'button', name, within })
const PANEL: Sight = { role: 'complementary' }

/** One engine, and whoever sits in front of it. */
class Visit {
  readonly hand: Hand
  readonly who: string

  constructor(hand: Hand, who: string) {
    this.hand = hand
    this.who = who
  }

  /** With PICTURES=folder what is seen is kept there, to compare the engines by eye. */
  async picture(name: string): Promise<void> {
    const { PICTURES } = process.env
    if (!PICTURES) return
    const { page } = this.hand
    const file = join(PICTURES, `${page.version.split(' ')[0]!.toLowerCase()}-${name}.png`)
    await writeFile(file, await page.picture())
  }

  async signIn(): Promise<void> {
    const { hand } = this
    await hand.page.goto(`${server.url}/login`)
    await hand.click({ role: 'textbox', name: 'E-mail or username' })
    await hand.type(this.who)
    await hand.click({ role: 'textbox', name: 'Password' })
    await hand.type(PASSWORD)
    await hand.press('Enter')
    await hand.click({ role: 'link', name: /^Backend/ })
    await hand.see(post('The release notes are ready'))
    await this.picture('conversation')
  }

  async write(): Promise<void> {
    const { hand } = this
    await hand.click(field('Backend'))
    await hand.type(`안녕하세요, 여기는 ${this.who}입니다.`)
    await hand.press('Enter')
    await hand.see(post(`안녕하세요, 여기는 ${this.who}입니다.`))
    const message = `Hello, ${this.who}!`
    await server.as(team.people['ben']!).post('/posts', { channel_id: team.channels['backend'], message })
    await hand.see(post(message))
    await hand.clickOver(post(message), button('React with :+1:'))
    await hand.see(button(':+1: 1', post(message)))
    await this.picture('hover')
  }

  async answer(): Promise<void> {
    const { hand, who } = this
    await hand.clickOver(post(`Hello, ${who}!`), button('Reply'))
    await hand.click({ role: 'textbox', within: PANEL })
    await hand.type('네, 반갑습니다.')
    await hand.press('Enter')
    await hand.see({ ...post('네, 반갑습니다.'), within: PANEL })
    // The line below the post moves what stands under it.
    await hand.see(button(/^1 reply/, post(`Hello, ${who}!`)))
    await this.picture('thread')
    await hand.clickOver(post(`여기는 ${who}입니다.`), button('More actions'))
    await hand.click({ role: 'menuitem', name: 'Edit' })
    await hand.see({ role: 'textbox', name: 'Edit message' })
    await hand.type(' 고쳤어요.')
    await hand.press('Enter')
    await hand.see(post(`여기는 ${who}입니다. 고쳤어요.`))
  }

  async find(): Promise<void> {
    const { hand } = this
    await hand.press('Control+Shift+f')
    await hand.see({ role: 'searchbox', within: PANEL })
    await hand.type('마이그레이션')
    await hand.press('Enter')
    await hand.see({ ...post('마이그레이션은 어제'), within: PANEL })
    await this.picture('search')
    await hand.press('Control+k')
    await hand.see({ role: 'combobox', within: { role: 'dialog' } })
    await hand.type('ㄱㅂㄱㅈ')
    await hand.see({ role: 'option', text: '개발 공지' })
    await this.picture('switcher')
    await hand.press('Enter')
    await hand.see(field('개발 공지'))
  }

  async mentionAndAttach(): Promise<void> {
    const { hand, who } = this
    await hand.click(field('개발 공지'))
    await hand.type('@chul')
    await hand.see({ role: 'option', text: '철수' })
    await hand.press('Enter')
    await hand.until(`document.activeElement.value === '@chulsoo '`)
    const path = join(folder, `회의록-${who}.txt`)
    await writeFile(path, 'What we decided\n')
    // The system's own window for files is none of the page's, and nobody could close it here.
    await hand.page.evaluate('void (HTMLInputElement.prototype.click = () => undefined)')
    await hand.click(button('Attach files'))
    await hand.page.setFiles('input[type=file]', [path])
    await hand.see({ role: 'button', name: new RegExp(`^Remove 회의록-${who}`) })
    await hand.click(field('개발 공지'))
    await hand.press('Enter')
    await hand.see({ ...post(`회의록-${who}.txt`) })
    await this.picture('file')
  }

  async dialogAndSettings(): Promise<void> {
    const { hand } = this
    await hand.click(button('Northwind Garden'))
    await hand.click({ role: 'menuitem', name: 'Members' })
    await hand.see({ role: 'dialog', text: '@felix' })
    await this.picture('dialog')
    await hand.press('Escape')
    await hand.gone({ role: 'dialog' })
    await hand.until(`document.activeElement.textContent === 'Northwind Garden'`)
    await hand.press('Control+Shift+a')
    await hand.click({ role: 'tab', name: 'Display' })
    await this.picture('settings')
    await hand.click({ role: 'radio', name: 'Dark' })
    await hand.until(`document.documentElement.dataset.theme === 'dark'`)
    await this.picture('settings-dark')
    await hand.press('Escape')
    await hand.gone({ role: 'dialog' })
    await hand.click({ role: 'link', name: /^Backend/ })
    await hand.see(post(`Hello, ${this.who}!`))
    await this.picture('conversation-dark')
    await hand.click(button('Close', PANEL))
    await hand.gone(PANEL)
  }

  async phone(): Promise<void> {
    const { hand } = this
    await hand.page.resize(390, 844)
    await hand.see(field('Backend'))
    // Narrower lines made the list longer: its end is still what is seen.
    await hand.see(post(`Hello, ${this.who}!`))
    await hand.gone(button('Jump to recent'))
    await this.picture('phone-dark')
    await hand.click(button('Back to the channels'))
    await hand.see({ role: 'link', name: /^Design review/ })
    await this.picture('phone-list-dark')
    await hand.click({ role: 'link', name: /^Lunch/ })
    await hand.see(post('Noodles at noon?'))
    await hand.until('document.documentElement.scrollWidth <= innerWidth')
  }
}

// Not every system has both.
test.each(
  [
    { engine: 'Firefox', open: openFirefox, isHere: hasFirefox, who: 'dana' },
    { engine: 'WebKit', open: openWebKit, isHere: hasWebKit, who: 'eunji' },
  ].filter(({ isHere }) => isHere()),
)(
  'somebody with $engine signs in, talks, finds things and sets them up',
  { timeout: 240_000 },
  async ({ open, who }) => {
    const page = await open()
    try {
      await page.resize(1280, 800)
      const visit = new Visit(new Hand(page), who)
      await visit.signIn()
      await visit.write()
      await visit.answer()
      await visit.find()
      await visit.mentionAndAttach()
      await visit.dialogAndSettings()
      await visit.phone()
      expect(await page.complaints()).toEqual([])
    } finally {
      await page.close()
    }
  },
)
