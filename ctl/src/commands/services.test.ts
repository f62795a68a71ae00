import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { TestBox, type Outcome } from '../reconfigure/test-box.fixture.ts'
import { installation, placesOf } from '../services/places.ts'
import { findSupervisor } from '../services/supervisor.ts'
import { waitForSupervisor } from '../services/sv.ts'
import { machinePaths } from '../context.ts'

// Whole services start and stop here; how long that takes is the machine's affair.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let box: TestBox

/** Two services that run, one that notes signals, and one that is not switched on. */
beforeAll(async () => {
  box = await TestBox.create()
  const places = placesOf(machinePaths(box.root))
  const define = (name: string, script: string): void => {
    for (const [path, text] of Object.entries({
      run: `#!/bin/sh\nexec 2>&1\n${script}\n`,
      'log/run': `#!/bin/sh\nexec svlogd -tt '${box.path(`/var/log/outpost/${name}`)}'\n`,
    })) {
      box.write(`/opt/outpost/sv/${name}/${path}`, text)
      chmodSync(box.path(`/opt/outpost/sv/${name}/${path}`), 0o755)
    }
    mkdirSync(box.path(`/var/log/outpost/${name}`), { recursive: true })
  }
  const signals = ['HUP', 'INT', 'USR1', 'USR2'].map((name) => `trap 'echo ${name} >>${box.path('/signals')}' ${name}`)
  define('outpost', `${signals.join('\n')}\necho started\nwhile :; do sleep 0.02; done`)
  define('nginx', 'exec chpst -P sleep 1000')
  define('idle', 'exec sleep 1000')
  define('stubborn', `exec chpst -P sh -c 'trap "" TERM; while :; do sleep 0.1; done'`)
  mkdirSync(places.enabled)
  for (const name of ['outpost', 'nginx', 'stubborn'])
    symlinkSync(`${places.definitions}/${name}`, `${places.enabled}/${name}`)
  spawn('runsvdir', ['-P', places.enabled], { detached: true, stdio: 'ignore' }).unref()
  for (const name of ['outpost', 'nginx', 'stubborn']) await waitForSupervisor(places, name)
})

beforeEach(async () => void (await box.ctl('start')))

afterAll(async () => {
  await box.run(['graceful-kill', 'stubborn'])
  await box.dispose()
})

const expectText = ({ out }: Outcome, pattern: RegExp): void => expect(out).toMatch(pattern)

test('status of everything, in alphabetical order', async () => {
  const status = await box.ctl('status')
  const line = (name: string): string => String.raw`run: ${name}: \(pid \d+\) \d+s; run: log: \(pid \d+\) \d+s\n`
  expectText(status, new RegExp(`^${line('nginx')}${line('outpost')}${line('stubborn')}$`))
  expect(status.code).toBe(0)
})

test('stop, status, start, restart in the words of GitLab’s package', async () => {
  const before = await box.pid('nginx')
  const stop = await box.ctl('stop', 'nginx')
  expectText(stop, /^ok: down: nginx: \d+s, normally up\n$/)
  expect(stop.code).toBe(0)
  const down = await box.ctl('status', 'nginx')
  expectText(down, /^down: nginx: \d+s, normally up; run: log: \(pid \d+\) \d+s\n$/)
  expect(down.code).toBe(3)
  const start = await box.ctl('start', 'nginx')
  expectText(start, /^ok: run: nginx: \(pid \d+\) \d+s\n$/)
  expect(start.code).toBe(0)
  expectText(await box.ctl('restart', 'nginx'), /^ok: run: nginx: \(pid \d+\) \d+s\n$/)
  expect(await box.pid('nginx')).not.toBe(before)
})

test('the codes of several services are added up', async () => {
  await box.ctl('stop', 'nginx')
  await box.ctl('stop', 'outpost')
  expect((await box.ctl('status')).code).toBe(6)
})

test('a stop right after a restart is taken before it is answered: the next start counts', async () => {
  for (let round = 0; round < 3; round++) {
    await box.ctl('restart', 'nginx')
    expectText(await box.ctl('stop', 'nginx'), /^ok: down: nginx: \d+s, normally up\n$/)
    expect((await box.ctl('start', 'nginx')).out).toMatch(/^ok: run: nginx: /)
  }
})

test('a restart right after a start is answered when the new process is there', async () => {
  await box.ctl('stop', 'nginx')
  await box.ctl('start', 'nginx')
  const pid = async () => /\(pid (\d+)\)/.exec((await box.ctl('status', 'nginx')).out)?.[1]
  const before = Number(await pid())
  const [supervisor] = readFileSync(`/proc/${before}/status`, 'utf8').match(/(?<=PPid:\t)\d+/)!
  // It is busy elsewhere while the command looks.
  process.kill(Number(supervisor), 'SIGSTOP')
  setTimeout(() => process.kill(Number(supervisor), 'SIGCONT'), 500)
  const { code, out } = await box.ctl('restart', 'nginx')
  expect([code, out]).toEqual([0, expect.stringMatching(/^ok: run: nginx: /)])
  expect(Number(/\(pid (\d+)\)/.exec(out)![1])).not.toBe(before)
  expect(await pid()).toBe(/\(pid (\d+)\)/.exec(out)![1])
})

test('GitLab’s name of the chat works', async () => {
  expect((await box.ctl('status', 'mattermost')).out).toMatch(/^run: outpost: /)
})

test('signals are sent without a word', async () => {
  for (const [command, signal] of [
    ['hup', 'HUP'],
    ['int', 'INT'],
    ['usr1', 'USR1'],
    ['usr2', 'USR2'],
  ] as const) {
    expect(await box.ctl(command, 'outpost')).toEqual({ code: 0, out: '', err: '' })
    while (!existsSync(box.path('/signals')) || !readFileSync(box.path('/signals'), 'utf8').includes(signal))
      await sleep(10)
  }
})

test.each(['term', 'kill'])('%s ends a service, and it is started again', async (command) => {
  const before = await box.pid('nginx')
  expect(await box.ctl(command, 'nginx')).toEqual({ code: 0, out: '', err: '' })
  while ([0, before].includes(await box.pid('nginx'))) await sleep(20)
})

test('once starts a service that is not started again', async () => {
  await box.ctl('stop', 'nginx')
  expect(await box.ctl('once', 'nginx')).toEqual({ code: 0, out: '', err: '' })
  while ((await box.pid('nginx')) === 0) await sleep(20)
  await box.ctl('kill', 'nginx')
  while ((await box.pid('nginx')) !== 0) await sleep(20)
  expectText(await box.ctl('status', 'nginx'), /^down: nginx: \d+s, normally up/)
})

test('restart-except spares those it names', async () => {
  const [nginx, outpost] = [await box.pid('nginx'), await box.pid('outpost')]
  const done = await box.ctl('restart-except', 'nginx', 'stubborn')
  expectText(done, /^ok: run: outpost: /)
  expect(await box.pid('nginx')).toBe(nginx)
  expect(await box.pid('outpost')).not.toBe(outpost)
  expect((await box.ctl('restart-except')).code).toBe(1)
  expect((await box.ctl('restart-except', 'nope')).err).toContain('There is no service nope.')
})

test('a name that no service has is an error, not a success', async () => {
  for (const command of ['status', 'start', 'stop', 'restart', 'hup', 'graceful-kill']) {
    const { code, err } = await box.ctl(command, 'outpots')
    expect([code, err]).toEqual([1, 'There is no service outpots.\nKnown: idle, nginx, outpost, stubborn.\n'])
  }
})

test('a service that is not switched on says so', async () => {
  expect(await box.ctl('start', 'idle')).toEqual({ code: 0, out: 'idle disabled\n', err: '' })
  expect((await box.ctl('-v', 'status')).out).toContain('idle disabled\n')
  expect((await box.ctl('status')).out).not.toContain('idle')
  expect((await box.ctl('service-list')).out).toBe('idle\nnginx*\noutpost*\nstubborn*\n')
})

test('graceful-kill ends what does not listen', async () => {
  box.env.SVWAIT = '1'
  const done = await box.run(['graceful-kill', 'stubborn'])
  expect(done.out).toMatch(/killing \d+ processes of stubborn that did not end \(group \d+\)\n$/)
  while ((await box.pid('stubborn')) !== 0) await sleep(20)
  expect((await box.ctl('graceful-kill', 'idle')).code).toBe(1)
})

test('tail follows a service, and refuses what is not a log', async () => {
  const child = box.start('tail', 'mattermost')
  let heard = ''
  child.stdout!.on('data', (chunk: Buffer) => (heard += chunk.toString()))
  while (!heard.includes('started')) await sleep(20)
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
  expect(heard).toMatch(/^\d{4}-\d\d-\d\d_\d\d:\d\d:\d\d\.\d{5} started/m)
  expect((await box.ctl('tail', '../../etc')).err).toContain('is not the name of a log')
  expect((await box.ctl('tail', 'nginx/none.log')).code).toBe(1)
  expect((await box.ctl('tail', 'a', 'b')).code).toBe(2)
})

test('the command line itself', async () => {
  const unknown = await box.ctl('reconfig\u001B[31mure')
  expect([unknown.code, unknown.err]).toEqual([1, "I don't know that command: reconfig?[31mure\n"])
  expect(unknown.out).toContain('Usage: outpost-ctl')
  const extra = await box.ctl('service-list', 'x')
  expect([extra.code, extra.err]).toEqual([2, 'service-list takes no arguments.\nUsage: outpost-ctl service-list \n'])
  expect((await box.ctl('reconfigure', '--nope')).code).toBe(2)
  expect((await box.ctl('help')).out).toContain('graceful-kill')
  expect((await box.ctl('help', 'tail')).out).toBe('Usage: outpost-ctl tail [SERVICE or FILE]\n\nFollow the logs.\n')
  expect((await box.ctl('status', '--help')).code).toBe(0)
  expect(await box.ctl('-q', 'status')).toEqual({ code: 0, out: '', err: '' })
})

test('the whole program runs from the checkout', async () => {
  const { code, out } = await box.run(['status', 'nginx'])
  expect([code, out]).toEqual([0, expect.stringMatching(/^run: nginx: /)])
  expect((await box.run(['status', 'nope'])).code).toBe(1)
  expect(existsSync(`${installation}/bin/outpost-ctl`)).toBe(true)
})

test('whoever may not look is told so', async () => {
  const env = { PATH: process.env.PATH, OUTPOST_ROOT: box.root }
  const program = [process.execPath, '--disable-warning=ExperimentalWarning', `${installation}/ctl/src/main.ts`]
  const child = spawn('chpst', ['-u', 'nobody', ...program, 'status', 'nginx'], { env })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  const code = await new Promise((done) => child.once('close', done))
  expect([code, out]).toEqual([4, 'warning: nginx: unable to open supervise/ok: access denied\n'])
})

test('without a supervisor the status says so', async () => {
  const places = placesOf(machinePaths(box.root))
  const pid = (await findSupervisor(places))!
  await box.run(['graceful-kill', 'stubborn'])
  process.kill(pid, 'SIGHUP')
  while ((await findSupervisor(places)) !== undefined) await sleep(20)
  let status = await box.ctl('status', 'nginx')
  while (!status.out.includes('runsv not running')) status = await box.ctl('status', 'nginx')
  expect(status).toEqual({ code: 1, out: 'fail: nginx: runsv not running\n', err: '' })
})
