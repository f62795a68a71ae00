import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Pty } from './testing/pty.ts'
import { TestCli } from './testing/cli.ts'

const bin = fileURLToPath(new URL('../../bin/mmctl', import.meta.url))
const password = 'correct-horse'
let cli: TestCli
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  cli = await TestCli.start()
  env = { ...process.env, MMCTL_LOCAL_SOCKET_PATH: cli.socket, XDG_CONFIG_HOME: cli.home, TERM: 'xterm', PAGER: '' }
  const account = ['--username', 'local-user', '--email', 'local@example.com', '--password', password]
  await cli.local('user', 'create', '--system-admin', ...account)
})
afterAll(() => cli.stop())

function start(words: readonly string[], cwd = cli.home) {
  const child = spawn(bin, words, { env, cwd })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, out, err }))
  return { child, ended }
}

test('bin/mmctl runs from anywhere, splits output and count, and ends with 0 or 1', async () => {
  const { code, out, err } = await start(['--local', 'user', 'list']).ended
  expect(code).toBe(0)
  expect(out).toMatch(/^[a-z0-9]{26}: local-user \(local@example\.com\)\n/)
  expect(err).toMatch(/^There are \d+ users on local instance\n$/)
  const failed = await start(['--local', 'user', 'search', 'nobody']).ended
  expect([failed.code, failed.out]).toEqual([1, ''])
})

test('the list of processes does not show what is on the command line', async () => {
  const { child, ended } = start(['auth', 'login', cli.server.url, '--name', 'x', '--password', 'seen-by-nobody'])
  let asked = ''
  while (!asked.includes('Username: ')) asked += String((await once(child.stderr, 'data'))[0])
  expect(await readFile(`/proc/${child.pid}/cmdline`, 'utf8')).toMatch(/^mmctl\0*$/)
  child.stdin.end()
  expect((await ended).err).toContain('no answer to "Username"')
})

test('signing in at a terminal shows what is typed, but never the password', async () => {
  const pty = new Pty(`${bin} auth login ${cli.server.url}`, env)
  await pty.until('Connection name: ')
  pty.type('tesx\u007ft\r')
  await pty.until('Username: ')
  pty.type('local-user\r')
  await pty.until('Password: ')
  pty.type(`${password}x\u007f\r`)
  expect(await pty.end()).toBe(0)
  const before = 'Connection name: tesx\b \bt\r\nUsername: local-user\r\nPassword: \r\n'
  const stored = `\r\n  credentials for "test": "local-user@${cli.server.url}" stored\r\n\r\n`
  expect(pty.shown).toBe(before + stored)
  expect(JSON.parse(await readFile(join(cli.home, 'mmctl', 'config'), 'utf8'))).toMatchObject({
    test: { active: true },
  })
})

test('a terminal shows the list as the documents print it', async () => {
  const pty = new Pty(`${bin} --local user list`, env)
  expect(await pty.end()).toBe(0)
  expect(pty.shown).toMatch(
    /^[a-z0-9]{26}: local-user \(local@example\.com\)\r\n(\S+: \S+ \(\S+\)\r\n)*\r\nThere are \d+ users on local instance\r\n$/,
  )
})

test('what cannot be undone is asked twice, and anything but yes ends it', async () => {
  await cli.local('team', 'create', '--name', 'doomed', '--display-name', 'Doomed')
  const remove = () => new Pty(`${bin} --local team delete doomed`, env)
  const hesitant = remove()
  await hesitant.until('backup')
  hesitant.type('yes\r')
  await hesitant.until('cannot be undone. (no/yes)')
  hesitant.type('well\r')
  expect(await hesitant.end()).toBe(1)
  expect(hesitant.shown).toMatch(/Error: aborted\r\n$/)
  const interrupted = remove()
  await interrupted.until('backup')
  interrupted.type('\u0003')
  expect(await interrupted.end()).not.toBe(0)
  expect(await cli.local('team', 'list')).toBe('doomed\n')
  const sure = remove()
  await sure.until('backup')
  sure.type('yes\r')
  await sure.until('cannot be undone.')
  sure.type('yes\r')
  expect(await sure.end()).toBe(0)
  expect(await cli.local('team', 'list')).toBe('')
})

test('the completion of bash offers commands', async () => {
  const script = (await cli.run(['completion', 'bash'])).out
  const ask = `${script}\nCOMP_WORDS=(${bin} user de); COMP_CWORD=2; _mmctl; printf '%s\\n' "\${COMPREPLY[@]}"`
  const bash = spawn('bash', ['-c', ask], { env })
  let out = ''
  bash.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  await once(bash, 'close')
  expect(out.split('\n').toSorted()).toEqual(['', 'deactivate', 'delete', 'deleteall', 'demote'])
  for (const shell of ['zsh', 'fish', 'powershell']) {
    expect((await cli.run(['completion', shell])).out).toContain('mmctl __complete'.split(' ')[1])
  }
})
