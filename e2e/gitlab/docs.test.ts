import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newBrowser, newGitLab, sessionOf } from '../../server/src/gitlab/login/gitlab-login.fixture.ts'
import { passGitLab } from '../../testkit/gitlab/browser.ts'
import type { TestGitLab } from '../../testkit/gitlab/index.ts'
import { TestServer } from '../../testkit/server.ts'

const run = promisify(execFile)
const DOCS = resolve(import.meta.dirname, '../../docs')
let server: TestServer
let gitlab: TestGitLab
beforeAll(async () => {
  gitlab = await newGitLab()
  server = await TestServer.start()
})
afterAll(async () => {
  await server.stop()
  await gitlab.close()
})

const page = (file: string) => readFile(join(DOCS, file), 'utf8')
const commandsOf = (text: string) => [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map((match) => match[1]!)

test('every command of the page works as it is written, in the order of the page', async () => {
  const root = await gitlab.addUser({ username: 'root', admin: true })
  await gitlab.addUser({ id: 42, username: 'ben' })
  const admin = await server.make.admin()
  const ben = await server.make.user({ username: 'ben', email: 'ben@elsewhere.example.com' })
  const commands = commandsOf(await page('gitlab.md')).filter((command) => !command.startsWith('bin/start'))
  const env = {
    ...process.env,
    gitlab: gitlab.url,
    gitlab_token: await gitlab.addPersonalToken(root.id, 'api'),
    site: server.url,
    url: `${server.url}/api/v4`,
    token: admin.token,
  }
  const script = ['set -e -o pipefail', ...commands].join('\necho; echo "=== next"\n')
  const { stdout } = await run('bash', ['-c', script], { env })
  const [, , settings, location, credentials, number, link, adopted, moved, hook] = stdout.split('=== next\n')
  expect(JSON.parse(settings!)).toMatchObject({ GitLabSettings: { Enable: true, Scope: 'read_user' } })
  expect(location).toContain(`redirect_uri=${encodeURIComponent(`${server.url}/signup/gitlab/complete`)}`)
  expect(JSON.parse(credentials!)).toMatchObject({ error: 'invalid_grant' })
  expect(number).toContain('"id":42')
  expect(link).toContain(`"user_id":"${ben.id}"`)
  expect([adopted!.trim(), moved!.trim()]).toEqual(['{"adopted":0}', '{"adopted":0}'])
  expect(JSON.parse(hook!)).toMatchObject({ url: `${server.url}/api/v4/gitlab/system_hook` })
  // What the page set up works: ben signs in to the account that was linked, and the hook ends his session.
  const browser = newBrowser(server)
  const end = await passGitLab(browser, await browser.open(`${server.url}/oauth/gitlab/login`), { username: 'ben' })
  const session = sessionOf(end)
  expect((await server.as(session).get('/users/me')).body.id).toBe(ben.id)
  await gitlab.removeUser(42)
  expect((await server.as(session).get('/users/me')).status).toBe(401)
})

test('both languages have the same commands, and quote what people see', async () => {
  const [english, korean] = [await page('gitlab.md'), await page('ko/gitlab.md')]
  expect(commandsOf(korean)).toEqual(commandsOf(english))
  const quotes = (text: string) => [...text.matchAll(/^\| "([^"]+)" \|/gm)].map((match) => match[1]!)
  const texts = await readFile(join(DOCS, '../server/src/gitlab/login/gitlab-login.errors.ts'), 'utf8')
  expect([quotes(english).length, quotes(korean).length]).toEqual([15, 15])
  const parts = [...quotes(english), ...quotes(korean)].flatMap((quote) => quote.split(' … '))
  expect(parts.filter((part) => !texts.includes(part))).toEqual([])
})
