import type { RequestListener } from 'node:http'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GuardedFetchOptions, guardedFetch } from './guarded-fetch.ts'
import { type LocalServer, reasonOf, startServer } from './local-servers.fixture.ts'

let local: LocalServer
let answer: RequestListener

beforeAll(async () => {
  local = await startServer((request, response) => answer(request, response))
})
afterAll(() => local.close())

const open: GuardedFetchOptions = {
  timeoutMs: 5000,
  maxBytes: 1000,
  trust: 'member',
  allowedInternal: '127.0.0.1',
  environment: {},
}
const fetchOpen = (path: string, more: Partial<GuardedFetchOptions> = {}) =>
  guardedFetch(local.url + path, { ...open, ...more })

describe('size', () => {
  test('an endless body ends at the limit', async () => {
    answer = (_request, response) => {
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      }
      response.on('drain', write)
      write()
    }
    expect(await reasonOf(fetchOpen('/'))).toBe('too_large')
    const cut = await fetchOpen('/', { overflow: 'cut' })
    expect([cut.body.length, cut.truncated]).toEqual([1000, true])
  })

  test('a body just within the limit arrives whole, in any pieces', async () => {
    const text = 'abcdefghij'.repeat(10_000)
    answer = (_request, response) => {
      for (let at = 0; at < text.length; at += 997) response.write(text.slice(at, at + 997))
      response.end()
    }
    const got = await fetchOpen('/', { maxBytes: text.length })
    expect([got.body.toString() === text, got.truncated]).toEqual([true, false])
    expect(await fetchOpen('/', { maxBytes: text.length, overflow: 'cut' })).toMatchObject({ truncated: false })
    expect(await reasonOf(fetchOpen('/', { maxBytes: text.length - 1 }))).toBe('too_large')
  })

  test('a declared length over the limit fails at once', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-length': '99999999' }).flushHeaders()
    expect(await reasonOf(fetchOpen('/'))).toBe('too_large')
  })

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('%s: the limit counts what comes out', async (encoding, compress) => {
    const send = (bytes: Buffer) => {
      const compressed = compress(bytes)
      answer = (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(compressed)
    }
    send(Buffer.from('small'))
    expect((await fetchOpen('/')).body.toString()).toBe('small')
    send(Buffer.alloc(5_000_000))
    expect(await reasonOf(fetchOpen('/'))).toBe('too_large')
    expect((await fetchOpen('/', { overflow: 'cut' })).body.length).toBe(1000)
  })

  test.each(['gzip, gzip', 'compress', 'br, gzip'])('content-encoding %s is refused', async (encoding) => {
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end('x')
    expect(await reasonOf(fetchOpen('/'))).toBe('encoding')
  })

  test('broken gzip, and a compressed stream that never yields a byte', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip at all')
    expect(await reasonOf(fetchOpen('/'))).toBe('encoding')
    // An empty stored deflate block: five bytes in, none out.
    const nothing = Buffer.concat(Array<Buffer>(40_000).fill(Buffer.from([0, 0, 0, 0xff, 0xff])))
    answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.write(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]))
      response.write(nothing)
    }
    expect(await reasonOf(fetchOpen('/'))).toBe('too_large')
  })

  test('the limit may depend on the head', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('12345')
    const maxBytes = (head: { headers: { 'content-type'?: string } }) =>
      head.headers['content-type'] === 'text/plain' ? 3 : 99
    expect((await fetchOpen('/', { maxBytes, overflow: 'cut' })).body.toString()).toBe('123')
  })

  test('a body that breaks off, an enormous header', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '500' })
      response.write('x', () => response.destroy())
    }
    expect(await reasonOf(fetchOpen('/'))).toBe('network')
    answer = (_request, response) => response.writeHead(200, { 'x-big': 'x'.repeat(60_000) }).end()
    expect(await reasonOf(fetchOpen('/'))).toBe('network')
  })
})

describe('time', () => {
  test.each([
    ['never answers', () => {}],
    ['sends the head alone', (_request, response) => response.writeHead(200).flushHeaders()],
    [
      'drips',
      (_request, response) =>
        void response.on(
          'close',
          (
            (timer) => () =>
              clearInterval(timer)
          )(setInterval(() => response.write('x'), 20)),
        ),
    ],
    [
      'redirects for ever',
      (_request, response) => void setTimeout(() => response.writeHead(302, { location: '/' }).end(), 50),
    ],
  ] as [string, RequestListener][])('a server that %s runs into the total time', async (_name, listener) => {
    answer = listener
    expect(await reasonOf(fetchOpen('/', { timeoutMs: 200, maxRedirects: 99 }))).toBe('timeout')
  })

  test('a name service that never answers, and a caller who gives up', async () => {
    const resolve = () => new Promise<never>(() => {})
    expect(await reasonOf(guardedFetch('http://slow.test/', { ...open, timeoutMs: 50, resolve }))).toBe('timeout')
    expect(await reasonOf(fetchOpen('/', { signal: AbortSignal.abort() }))).toBe('aborted')
    answer = () => {}
    expect(await reasonOf(fetchOpen('/', { signal: AbortSignal.timeout(50) }))).toBe('aborted')
  })
})
