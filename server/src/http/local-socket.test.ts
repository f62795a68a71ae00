import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, lstat, mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLocalSocket } from './local-socket.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outpost-socket-'))
  path = join(folder, 'local.socket')
})
afterEach(() => rm(folder, { recursive: true }))

function server() {
  const http = Fastify()
  http.get('/', () => 'here')
  return http
}

async function get(): Promise<number> {
  const asked = request({ socketPath: path, path: '/' }).end()
  const [answer] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }]
  answer.resume()
  return answer.statusCode
}

/** A socket whose server was killed, so that its file stays behind. */
async function staleSocket(): Promise<void> {
  const listen = `require('node:net').createServer().listen(process.argv[1], () => console.log('ready'))`
  const child = spawn(process.execPath, ['-e', listen, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'close')
}

test('the socket of a killed server is replaced; the new one is open to its owner alone', async () => {
  await staleSocket()
  await chmod(path, 0o666)
  const mask = process.umask()
  const close = await openLocalSocket(server(), path)
  const file = await stat(path)
  expect([file.isSocket(), file.mode & 0o777, file.uid]).toEqual([true, 0o600, process.getuid!()])
  expect(process.umask()).toBe(mask)
  expect(await get()).toBe(200)
  await close()
  await expect(lstat(path)).rejects.toThrow('ENOENT')
})

test('a socket in use, and anything that is no socket, stays what it is', async () => {
  const close = await openLocalSocket(server(), path)
  await expect(openLocalSocket(server(), path)).rejects.toThrow(/is taken/)
  expect(await get()).toBe(200)
  await close()
  await symlink('/etc/passwd', path)
  await expect(openLocalSocket(server(), path)).rejects.toThrow(/is taken/)
  expect((await lstat(path)).isSymbolicLink()).toBe(true)
})

test('a folder that does not exist is named', async () => {
  const missing = join(folder, 'none', 'local.socket')
  await expect(openLocalSocket(server(), missing)).rejects.toThrow(
    `${missing} cannot be opened (EACCES). Check that its folder exists`,
  )
})
