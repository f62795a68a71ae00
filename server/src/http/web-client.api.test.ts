import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWebClient } from './web-client.ts'

let folder: string
const PAGE =
  '<!doctype html><html lang="en"><script src="./static/assets/a.js"></script><link href="/static/icon.svg"></html>'

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outpost-web-'))
  await mkdir(join(folder, 'static/assets'), { recursive: true })
  await writeFile(join(folder, 'index.html'), PAGE)
  await writeFile(join(folder, 'static/assets/a.js'), 'one()')
  await writeFile(join(folder, 'static/assets/a.js.gz'), gzipSync('one()'))
  await writeFile(join(folder, 'secret.txt'), 'not in the list')
  await writeFile(join(folder, 'files.json'), JSON.stringify(['/index.html', '/static/assets/a.js']))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function serve(basePath = '', frameAncestors = '') {
  const web = openWebClient({ folder, basePath, frameAncestors: () => frameAncestors })
  const server = Fastify()
  server.setNotFoundHandler(async (request, reply) => {
    if (await web?.send(request, reply)) return
    await reply.code(404).send('none')
  })
  return (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers })
}

test('every address of the client answers with its page, those of programs do not', async () => {
  const get = serve()
  for (const path of ['/', '/login?x=1', '/garden/channels/town-square', '/index.html', '/../../etc/passwd']) {
    const answer = await get(path)
    expect([path, answer.statusCode, answer.headers['content-type']]).toEqual([path, 200, 'text/html; charset=utf-8'])
    expect(answer.body).toContain('src="/static/assets/a.js"')
  }
  for (const path of ['/api/v4/nothing', '/static/assets/old.js', '/plugins/x', '/hooks/abc', '/oauth/nobody/x']) {
    expect([path, (await get(path)).statusCode]).toEqual([path, 404])
  }
  expect((await get('/secret.txt')).body).not.toContain('not in the list')
})

test('below a path the page says so and loads its files from there', async () => {
  const { body } = await serve('/chat')('/login')
  expect(body).toContain('<html data-base="/chat" lang="en">')
  expect(body).toContain('src="/chat/static/assets/a.js"')
  expect(body).toContain('href="/chat/static/icon.svg"')
})

test('files come compressed where the browser can, and stay in its cache; the page is asked for anew', async () => {
  const get = serve()
  const packed = await get('/static/assets/a.js', { 'accept-encoding': 'gzip, br' })
  expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' })
  expect(packed.headers['cache-control']).toContain('immutable')
  expect((await get('/static/assets/a.js')).body).toBe('one()')
  const page = await get('/')
  expect(page.headers['cache-control']).toBe('no-cache, private')
  expect((await get('/', { 'if-none-match': String(page.headers['etag']) })).statusCode).toBe(304)
})

test('the page runs scripts of its own only and stands in frames only where the settings say so', async () => {
  const closed = (await serve()('/')).headers
  expect(closed['content-security-policy']).toMatch(/script-src 'self' 'wasm-unsafe-eval';.*frame-ancestors 'self'$/)
  expect(closed['x-frame-options']).toBe('SAMEORIGIN')
  const open = (await serve('', 'https://gitlab.example.com')('/')).headers
  expect(open['content-security-policy']).toMatch(/frame-ancestors 'self' https:\/\/gitlab\.example\.com$/)
  expect(open['x-frame-options']).toBeUndefined()
})
