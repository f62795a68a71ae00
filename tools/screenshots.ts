/** Takes the pictures of the documentation: `node tools/screenshots.ts [FOLDER]`, after `node web/scripts/build.ts`. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { openBrowser, openPage } from '../testkit/browser.ts'
import type { PageOptions } from '../testkit/browser.ts'
import { makeSampleTeam } from '../testkit/sample-team.ts'
import type { SampleTeam } from '../testkit/sample-team.ts'
import { TestServer } from '../testkit/server.ts'

const folder = process.argv[2] ?? join(import.meta.dirname, '../docs/images')
const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 800 }

interface Shot {
  readonly name: string
  readonly locale: 'en' | 'ko'
  readonly options: PageOptions
  readonly arrange: (page: Page, team: SampleTeam) => Promise<void>
}

const conversation = async (page: Page, { name }: SampleTeam): Promise<void> => {
  await page.goto(`/${name}/channels/backend`)
  await page.getByText('The release notes are ready').waitFor()
}

const shots: Shot[] = [
  {
    name: 'conversation',
    locale: 'en',
    options: { viewport: WIDE },
    arrange: async (page, team) => {
      await conversation(page, team)
      await page.getByText('3 replies').click()
      await page.getByText('One typo in the second paragraph').waitFor()
    },
  },
  {
    name: 'conversation-ko',
    locale: 'ko',
    options: { viewport: WIDE, colorScheme: 'dark' },
    arrange: async (page, team) => {
      await conversation(page, team)
      await page.getByText('답글 3개').click()
      await page.getByText('One typo in the second paragraph').waitFor()
    },
  },
  { name: 'phone', locale: 'en', options: { viewport: PHONE, hasTouch: true }, arrange: conversation },
  {
    name: 'settings-ko',
    locale: 'ko',
    options: { viewport: WIDE },
    arrange: async (page, team) => {
      await conversation(page, team)
      await page.keyboard.press('Control+Shift+a')
      await page.getByRole('dialog', { name: '설정' }).waitFor()
    },
  },
]

async function take(browser: Browser, server: TestServer, team: SampleTeam, shot: Shot): Promise<void> {
  const person = team.people['anna']!
  await server.as(person).put('/users/me/patch', { locale: shot.locale })
  const page = await openPage(browser, server, { person, ...shot.options })
  await shot.arrange(page, team)
  // Pictures and fonts come a moment after the words.
  await page.waitForLoadState('networkidle')
  const picture = await page.screenshot()
  await sharp(picture)
    .png({ palette: true, colours: 128, effort: 10 })
    .toFile(join(folder, `${shot.name}.png`))
  await page.context().close()
}

await mkdir(folder, { recursive: true })
const [browser, server] = await Promise.all([openBrowser(), TestServer.start()])
const team = await makeSampleTeam(server)
for (const shot of shots) await take(browser, server, team, shot)
await browser.close()
await server.stop()
