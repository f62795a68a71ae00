import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeAuthority } from '../../../testkit/gitlab/certificates.ts'
import type { PrivateAuthority } from '../../../testkit/gitlab/certificates.ts'
import { createTransport } from './transport.ts'

const bin = fileURLToPath(new URL('../../../bin/mmctl', import.meta.url))
let folder: string
let authority: PrivateAuthority

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mmctl-tls-'))
  authority = await makeAuthority(folder, ['DNS:localhost'])
})
afterAll(() => rm(folder, { recursive: true }))

const answer: http.RequestListener = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'X-Version-Id': '10.11.20' })
  response.end('{"id":"x","username":"anna"}')
}

async function listening(server: Server): Promise<number> {
  server.listen(0)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** Signs in with a token in a process of its own: certificates to trust are read when a process starts. */
async function login(port: number, ...more: string[]): Promise<string> {
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority.caFile, XDG_CONFIG_HOME: folder }
  const child = spawn(bin, ['auth', 'login', `https://localhost:${port}`, '-n', 'x', '-a', 't', ...more], { env })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await once(child, 'close')
  return text
}

test('TLS 1.1 is accepted only when asked for', async () => {
  const { key, cert } = authority
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
  const server = https.createServer({ key, cert, ...old }, answer)
  const port = await listening(server)
  try {
    expect(await login(port)).toContain(`Error: cannot reach https://localhost:${port}: `)
    expect(await login(port, '--insecure-tls-version')).toContain('stored')
  } finally {
    server.close()
  }
})

test('a certificate signed with SHA-1 is accepted only when asked for', async () => {
  const at = (name: string) => join(folder, name)
  const signer = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2', '-sha1']
  const signed = ['-in', at('csr'), ...signer, '-extfile', at('names'), '-out', at('sha1.crt')]
  await promisify(execFile)('openssl', ['x509', '-req', ...signed])
  const server = https.createServer({ key: authority.key, cert: await readFile(at('sha1.crt')) }, answer)
  const port = await listening(server)
  try {
    expect(await login(port)).toContain('Error: cannot reach')
    expect(await login(port, '--insecure-sha1-intermediate')).toContain('stored')
  } finally {
    server.close()
  }
})

test('a certificate of nobody known is refused', async () => {
  const other = await mkdtemp(join(tmpdir(), 'mmctl-tls-'))
  const { key, cert } = await makeAuthority(other, ['DNS:localhost'])
  const server = https.createServer({ key, cert }, answer)
  const port = await listening(server)
  try {
    expect(await login(port, '--insecure-tls-version')).toContain('Error: cannot reach')
  } finally {
    server.close()
    await rm(other, { recursive: true })
  }
})

test('the proxy of the environment is used, and not for hosts that need none', async () => {
  const asked: string[] = []
  const proxy = http.createServer((request, response) => {
    asked.push(request.url!)
    answer(request, response)
  })
  const port = await listening(proxy)
  try {
    const env = { HTTP_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: 'localhost' }
    const send = createTransport({ env })
    expect((await send('http://chat.invalid/api/v4/users/me', { method: 'GET', headers: {} })).status).toBe(200)
    expect((await send(`http://localhost:${port}/direct`, { method: 'GET', headers: {} })).status).toBe(200)
    expect(asked).toEqual(['http://chat.invalid/api/v4/users/me', '/direct'])
  } finally {
    proxy.close()
  }
})
