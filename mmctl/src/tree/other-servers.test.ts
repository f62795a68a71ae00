import { readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { TestHome } from '../testing/home.ts'

/** Servers that answer as a Mattermost with a licence does, as a proxy does, and as no chat server does. */
let cli: TestHome
let other: Server
let url: string
let answer: RequestListener
const asked: string[] = []

beforeAll(async () => {
  cli = await TestHome.make()
  other = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.setHeader('X-Version-Id', '10.11.4.10.11.4.abc.true')
    if (request.url === '/' || request.url === '/api/v4/users/me') json(response, { id: 'x', username: 'anna' })
    else answer(request, response)
  })
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  await cli.run(['auth', 'login', url, '-n', 'other', '-a', 'token'])
})
afterAll(async () => {
  other.close()
  await cli.remove()
})
beforeEach(() => asked.splice(0))

function json(response: Parameters<RequestListener>[1], value: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(value))
}

test('log lines are made readable', async () => {
  const entry = {
    timestamp: '2026-01-31 09:00:00.000 +09:00',
    level: 'warn',
    msg: 'Slow\u001b[31m',
    caller: 'a.go:1',
    ms: 5,
  }
  answer = (_request, response) => json(response, [`${JSON.stringify(entry)}\n`, 'not JSON\n'])
  const { out, err } = await cli.run(['logs', '-n', '2'])
  expect(err).toBe('')
  expect(out).toBe('warn [2026-01-31 09:00:00.000 +09:00] Slow caller=a.go:1 ms=5\nnot JSON\n')
  expect(asked).toContain('GET /api/v4/logs?page=0&logs_per_page=2')
  expect((await cli.run(['logs', '--logrus'])).out.split('\n')[0]).toBe(
    'time="2026-01-31 09:00:00.000 +09:00" level=warn msg="Slow\\u001b[31m" caller="a.go:1" ms=5',
  )
})

test('a support packet is saved for its owner alone, and replaces nothing', async () => {
  answer = (_request, response) => {
    response.writeHead(200, {
      'Content-Type': 'application/zip',
      'Content-Disposition': 'attachment; filename="../p.zip"',
    })
    response.end(Buffer.from([80, 75, 255, 0]))
  }
  const file = join(cli.home, 'packet.zip')
  const { out } = await cli.run(['system', 'supportpacket', '-o', file])
  expect(out).toBe(`Downloading Support Packet\nDownloaded Support Packet to ${file}\n`)
  expect([...(await readFile(file)), (await stat(file)).mode & 0o777]).toEqual([80, 75, 255, 0, 0o600])
  expect((await cli.run(['system', 'supportpacket', '-o', file])).err).toContain('EEXIST')
  await rm(file)
})

test('a licence is shown line by line', async () => {
  answer = (_request, response) => json(response, { IsLicensed: 'true', Id: 'abc', Name: 'A company' })
  expect((await cli.run(['license', 'get'])).out).toBe('IsLicensed: true\nId: abc\nName: A company\n')
  answer = (_request, response) => json(response, { IsLicensed: 'false' })
  expect((await cli.run(['license', 'get'])).out).toBe('No license installed\n')
})

test('an ill part of the server ends with 1, after its state was shown', async () => {
  answer = (_request, response) => json(response, { status: 'UNHEALTHY', database_status: 'UNHEALTHY' })
  const { code, out, err } = await cli.run(['system', 'status'])
  expect([code, out.split('\n')[0], out.includes('Filestore Status: <no value>')]).toEqual([
    1,
    'Server status: UNHEALTHY',
    true,
  ])
  expect(err).toBe('Error: not healthy: status is UNHEALTHY, database_status is UNHEALTHY\n')
})

test('errors of a server are its message and its details', async () => {
  answer = (_request, response) =>
    json(response, { id: 'some.id', message: 'It failed', detailed_error: 'because', status_code: 500 }, 500)
  expect((await cli.run(['roles', 'list'])).err).toBe('Error: It failed, because\n')
  answer = (_request, response) => json(response, { id: 'some.id', message: '' }, 403)
  expect((await cli.run(['roles', 'list'])).err).toBe('Error: some.id\n')
  answer = (_request, response) => json(response, null, 500)
  expect((await cli.run(['roles', 'list'])).err).toBe('Error: the server answered with status 500\n')
})

test('answers that no chat server gives are sentences, not crashes', async () => {
  answer = (_request, response) => {
    response.writeHead(502, { 'Content-Type': 'text/html' })
    response.end('<html>')
  }
  expect((await cli.run(['roles', 'list'])).err).toBe('Error: the server answered with status 502\n')
  answer = (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end('{')
  }
  expect((await cli.run(['roles', 'list'])).err).toContain('JSON that is broken')
  answer = (_request, response) => response.writeHead(301, { Location: 'https://new.example.com/' }).end()
  expect((await cli.run(['roles', 'list'])).err).toContain('moved to https://new.example.com/')
  expect((await cli.run(['auth', 'login', `${url}/x`, '-n', 'y', '-a', 't'])).err).toContain(
    'leads to https://new.example.com/: sign in to that address',
  )
  answer = (request) => request.socket.destroy()
  expect((await cli.run(['roles', 'list'])).err).toContain(`cannot reach ${url}`)
})
