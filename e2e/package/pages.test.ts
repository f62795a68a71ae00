import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Box } from './box.fixture.ts'
import { bareMachine, putCertificate, type Packages } from './package.fixture.ts'

/** docs/install.md: its commands work as they are written. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 600_000 })

const DOCS = resolve(import.meta.dirname, '../../docs')
const page = (name: string): string => readFileSync(join(DOCS, name), 'utf8')
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^ *\`\`\`${language}\\n([^]*?)^ *\`\`\`$`, 'gm'))].map((match) =>
    match[1]!.replaceAll(/^ +/gm, ''),
  )
/** The page's own names, on the machine of the test. */
const here = (text: string): string => text.replaceAll('example.com', 'corp.test')

let box: Box
let packages: Packages
beforeAll(async () => {
  ;({ box, packages } = await bareMachine())
  await box.succeed(`cp /mnt/${packages.current} /root/outpost_0.1.0_amd64.deb`)
  // The version is in the package, not in the name of its file.
  await box.succeed(`cp /mnt/${packages.current} /root/outpost_0.2.0_amd64.deb`)
})
afterAll(() => box?.dispose())

const ping = (scheme: string) => box.run(`curl -sk ${scheme}://chat.corp.test/api/v4/system/ping`)

test('as a container: settings from the environment, services until the container is stopped', async () => {
  await box.succeed('cd /root && apt-get install -q ./outpost_0.1.0_amd64.deb')
  const env = { GITLAB_OMNIBUS_CONFIG: "mattermost_external_url 'http://chat.corp.test'" }
  const container = box.start('echo $$; exec /opt/outpost/bin/container-start', { env })
  const ended = new Promise((done) => container.once('exit', done))
  let said = ''
  container.stdout!.setEncoding('utf8').on('data', (text: string) => (said += text))
  await vi.waitFor(() => expect(said).toContain('outpost Reconfigured!'), { timeout: 120_000 })
  expect((await ping('http')).out).toContain('"OK"')
  await box.succeed(`kill -TERM ${said.split('\n', 1)[0]}`)
  expect(await ended).toBe(0)
  expect((await box.run('pgrep -a "runsv|runsvdir|postgres|nginx|node"')).out).toBe('')
  await box.succeed('outpost-ctl cleanse yes && dpkg --purge outpost && rm -rf /var/opt/* /root/outpost-cleanse-*')
})

test('a container whose settings are wrong ends, and says why', async () => {
  await box.succeed('cd /root && apt-get install -q ./outpost_0.1.0_amd64.deb')
  const env = { GITLAB_OMNIBUS_CONFIG: "mattermost_external_url 'chat'" }
  const { code, err } = await box.run('/opt/outpost/bin/container-start', { env })
  expect([code, err]).toEqual([1, expect.stringMatching(/mattermost_external_url[^]*The container ends/)])
  await box.succeed('dpkg --purge outpost && rm -rf /var/opt/*')
})

test('every command of the page, in its order', async () => {
  const [install, reconfigure, withAddress, , upgrade, remove, purge, names] = blocks(page('install.md'), 'sh').slice(1)
  const run = (command: string | undefined) => box.succeed(`cd /root && ${here(command!)}`, { input: 'y\n' })
  expect(await run(install)).toContain('then run: outpost-ctl reconfigure')
  await putCertificate(box)
  await box.write('/etc/outpost/outpost.rb', here(blocks(page('install.md'), 'ruby')[0]!), '0600')
  await box.write('/root/gitlab-token', 'glpat-of-nobody\n', '0600')
  expect(await run(reconfigure)).toContain('outpost Reconfigured!')
  expect((await ping('https')).out).toContain('"OK"')
  await run(withAddress)
  expect(await run(upgrade!.replaceAll('\n', ' && ').replace(/ && $/, ''))).toContain('/var/opt/outpost/backups/')
  expect(await run(names)).toContain('Added gitlab-ctl')
  expect(await box.succeed('gitlab-ctl status mattermost')).toMatch(/^run: outpost/)
  expect(await run(remove)).toContain('All services are stopped.')
  expect((await box.run('ls /usr/bin/gitlab-ctl')).code).not.toBe(0)
  expect(await run(purge)).toContain('The data was kept')
})

test('both languages have the same commands and settings', () => {
  for (const language of ['sh', 'ruby'])
    expect(blocks(page('ko/install.md'), language)).toEqual(blocks(page('install.md'), language))
})
