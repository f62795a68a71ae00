import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Box } from './box.fixture.ts'
import { bareMachine, type Packages } from './package.fixture.ts'

/** The package on a machine that systemd runs; the other tests are on machines without it. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 600_000 })

let box: Box
let packages: Packages
beforeAll(async () => {
  ;({ box, packages } = await bareMachine('systemd'))
  await vi.waitFor(() => box.succeed('systemctl is-system-running --wait || systemctl is-active multi-user.target'), {
    timeout: 60_000,
  })
})
afterAll(() => box?.dispose())

const site = async (): Promise<string> => (await box.run('curl -s http://chat.corp.test/api/v4/system/ping')).out

test("the distribution's nginx gives its port away, and the services hang on a unit of their own", async () => {
  await box.succeed('systemctl enable --now nginx')
  expect((await box.run('curl -s http://chat.corp.test/')).out).toContain('nginx')
  const { out } = await box.run(`dpkg -i /mnt/${packages.older}`, { env: { OUTPOST_URL: 'http://chat.corp.test' } })
  expect(out).toContain('stop and disable: it serves only its welcome page')
  expect(out).toContain('outpost Reconfigured!')
  expect(await box.succeed('systemctl is-active outpost-runsvdir; systemctl is-enabled outpost-runsvdir')).toBe(
    'active\nenabled\n',
  )
  expect((await box.run('systemctl is-active nginx')).out).toBe('inactive\n')
  expect(await site()).toContain('"OK"')
})

test('stopped and started with the unit, as at a restart of the machine', async () => {
  await box.succeed('systemctl stop outpost-runsvdir')
  expect((await box.run('pgrep -a "runsv|runsvdir|postgres|nginx|node"')).out).toBe('')
  await box.succeed('systemctl start outpost-runsvdir && outpost-ctl reconfigure')
  expect(await site()).toContain('"OK"')
})

test('when the supervisor is killed, systemd starts it again with everything below it', async () => {
  const supervisor = (await box.succeed('pgrep -x runsvdir')).trim()
  await box.succeed(`kill -KILL ${supervisor}`)
  await vi.waitFor(async () => expect((await box.run('pgrep -x runsvdir')).out.trim()).not.toBe(supervisor), {
    timeout: 30_000,
  })
  await vi.waitFor(async () => expect(await site()).toContain('"OK"'), { timeout: 60_000, interval: 500 })
})

test('an upgrade restarts the chat below the same supervisor; removing takes the unit away', async () => {
  const supervisor = await box.succeed('pgrep -x runsvdir')
  expect(await box.succeed(`dpkg -i /mnt/${packages.current}`)).toContain('  * restart outpost\n')
  expect(await box.succeed('pgrep -x runsvdir')).toBe(supervisor)
  expect(await site()).toContain('"OK"')
  await box.succeed('dpkg -r outpost')
  expect((await box.run('systemctl cat outpost-runsvdir')).code).not.toBe(0)
  expect((await box.run('pgrep -a "runsv|runsvdir|postgres|nginx|node"')).out).toBe('')
  await box.succeed('dpkg --purge outpost')
})
