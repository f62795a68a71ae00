import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from './tree/root.ts'
import { TestCli } from './testing/cli.ts'

const pages = ['docs/mmctl.md', 'docs/ko/mmctl.md']
const read = (page: string) => readFile(new URL(`../../${page}`, import.meta.url), 'utf8')

let cli: TestCli

beforeAll(async () => {
  cli = await TestCli.start({ config: { ServiceSettings: { EnableUserAccessTokens: true } } })
})
afterAll(() => cli.stop())

/** The lines of the page's shell blocks, word by word. */
function commandsOf(text: string): string[][] {
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].flatMap((match) => match[1]!.trim().split('\n'))
  return blocks.map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]!))
}

async function prepare(): Promise<void> {
  for (const name of ['anna', 'ben']) {
    const roles = name === 'anna' ? ['--system-admin'] : []
    const account = ['--username', name, '--email', `${name}@example.com`, '--password', 'a-long-password']
    await cli.local('user', 'create', ...account, ...roles)
  }
  await cli.local('team', 'create', '--name', 'engineering', '--display-name', 'Engineering')
  await cli.local('team', 'users', 'add', 'engineering', 'anna')
  const token = await cli.local('token', 'generate', 'anna', 'docs')
  await writeFile(join(cli.home, 'password.txt'), 'a-long-password\n')
  await writeFile(join(cli.home, 'token.txt'), token.split(':')[0]!)
  await writeFile(join(cli.home, 'changes.json'), '{"TeamSettings": {"SiteName": "Chat"}}')
}

test('every example of the page does what it says, in the order of the page', async () => {
  await prepare()
  const commands = commandsOf(await read(pages[0]!))
  expect(commands.length).toBeGreaterThan(60)
  for (const [program, ...words] of commands) {
    expect(program).toBe('mmctl')
    const argv = words.map((word) => {
      if (word === 'https://chat.example.com') return cli.server.url
      return /\.(txt|json)$/.test(word) ? join(cli.home, word) : word
    })
    const input = 'work\nanna\na-long-password\n'
    const { code, err } = await cli.run(argv, { input })
    expect(code, `mmctl ${words.join(' ')}: ${err}`).toBe(0)
  }
})

test('both languages show the same examples', async () => {
  const [english, korean] = await Promise.all(pages.map(read))
  expect(commandsOf(korean!)).toEqual(commandsOf(english!))
})

test('the page names exactly the commands that are not there yet', async () => {
  const missing = root.commands!.filter((one) => one.takesAnything).map((one) => one.name)
  for (const page of pages) {
    const paragraph = /^- .*`bot`.*?^- /ms.exec(await read(page))![0]
    const named = [...paragraph.matchAll(/`([a-z-]+)`/g)].map((match) => match[1]!)
    expect(named.filter((name) => name !== 'logs').toSorted(), page).toEqual(missing.toSorted())
  }
})
