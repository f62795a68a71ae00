import { chmod, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestCli } from '../testing/cli.ts'

let cli: TestCli

beforeAll(async () => {
  cli = await TestCli.start()
})
afterAll(() => cli.stop())

const version = ['--local', 'system', 'version']

test('the socket must exist, be closed to others and belong to the caller', async () => {
  const missing = join(cli.home, 'none')
  expect((await cli.run(version, { env: { MMCTL_LOCAL_SOCKET_PATH: missing } })).err).toBe(
    `Error: socket file "${missing}" doesn't exist, please check the server configuration for local mode\n`,
  )
  const wrong = `Error: invalid file mode for file "${cli.socket}", it must be a socket with 0600 permissions\n`
  await chmod(cli.socket, 0o660)
  expect((await cli.run(version)).err).toBe(wrong)
  await chmod(cli.socket, 0o600)
  const plain = join(cli.home, 'plain')
  await writeFile(plain, '', { mode: 0o600 })
  expect((await cli.run([...version, '--local-socket-path', plain])).err).toContain(
    `invalid file mode for file "${plain}"`,
  )
  const foreign = await cli.run(version, { uid: process.getuid!() + 1000 })
  expect(foreign.err).toBe(`Error: owner of the file "${cli.socket}" must be the same user running mmctl\n`)
  expect(foreign.code).toBe(1)
  expect((await cli.run(version, { uid: 0 })).code).toBe(0)
})

test('MMCTL_LOCAL stands for --local, and without credentials the socket is tried after a warning', async () => {
  expect(await cli.run(['system', 'version'], { env: { MMCTL_LOCAL: 'true' } })).toEqual({
    code: 0,
    out: 'Server version 10.11.20\n',
    err: '',
  })
  const { out, err } = await cli.run(['system', 'version'])
  expect(out).toBe('Server version 10.11.20\n')
  expect(err).toMatch(/^WARNING: no active credentials.*\n$/)
  const json = await cli.run(['system', 'version'], { env: { MMCTL_JSON: '1' } })
  expect(JSON.parse(json.out)).toEqual({ version: '10.11.20' })
  expect((await cli.run(version, { env: { MMCTL_QUIET: 'perhaps' } })).err).toContain('takes true or false')
})

test('a socket that nobody answers, or that breaks off, is a sentence and not a crash', async () => {
  const path = join(cli.home, 'dead.socket')
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((done) => server.listen(path, done))
  await chmod(path, 0o600)
  expect((await cli.run([...version, '--local-socket-path', path])).err).toContain(`Error: cannot reach ${path}: `)
  await new Promise((done) => server.close(done))
  await rm(path, { force: true })
})
