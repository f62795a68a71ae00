import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type LocalServer, startServer } from '../outgoing/local-servers.fixture.ts'
import { OutgoingError } from '../outgoing/outgoing-error.ts'
import { type LinkPreview, type LinkPreviewSettings, fetchPreview } from './fetch-preview.ts'
import {
  type LinkMetadataRow,
  type LinkMetadataStore,
  type LinkPreviewsParts,
  createLinkPreviews,
  linkHash,
} from './link-metadata.ts'

const NONE = { type: 'none' }
const HOUR = 3_600_000
const settings: LinkPreviewSettings = {
  restrictLinkPreviews: '',
  allowedInternal: '127.0.0.1',
  timeoutMs: 5000,
  enableSvgs: false,
  insecureTls: false,
  locale: 'ko',
  maxImagePixels: 33_177_600,
}
const page = (title: string): LinkPreview => ({
  type: 'opengraph',
  openGraph: { type: '', title, description: '', site_name: '', url: 'https://x.test/', images: [] },
})

function previewsWith(more: Partial<LinkPreviewsParts> & { with?: Partial<LinkPreviewSettings> } = {}) {
  const rows = new Map<number, LinkMetadataRow>()
  const store = {
    get: vi.fn<LinkMetadataStore['get']>(async (hash) => rows.get(hash)),
    put: vi.fn<LinkMetadataStore['put']>(async (row) => void rows.set(row.hash, structuredClone(row))),
  }
  const fetch = vi.fn<typeof fetchPreview>(async (url) => page(url.href))
  const onError = vi.fn<(error: unknown) => void>()
  const parts = { settings: () => ({ ...settings, ...more.with }), store, fetch, onError, ...more }
  return { previews: createLinkPreviews(parts), rows, store, fetch, onError }
}

describe('fetchPreview', () => {
  let local: LocalServer
  let answer: RequestListener
  beforeAll(async () => {
    local = await startServer((request, response) => answer(request, response))
  })
  beforeEach(() => void (local.requests.length = 0))
  afterAll(() => local.close())
  const send = (type: string, body: string | Buffer, headers: Record<string, string> = {}, status = 200) => {
    answer = (_request, response) => response.writeHead(status, { 'content-type': type, ...headers }).end(body)
  }
  const preview = (more: Partial<LinkPreviewSettings> = {}, path = '/') =>
    fetchPreview(new URL(local.url + path), { ...settings, ...more })
  const png = (side: number) => {
    const data = Buffer.alloc(33)
    data.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')
    data.writeUInt32BE(side, 16)
    data.writeUInt32BE(side, 20)
    return data
  }

  test('a page, asked for in the language of the server and without any secret', async () => {
    send('TEXT/HTML; charset=UTF-8', '<title>안녕</title>')
    expect(await preview()).toMatchObject({ type: 'opengraph', openGraph: { title: '안녕', url: `${local.url}/` } })
    expect(local.requests[0]!.headers).toMatchObject({ accept: 'image/*, text/html;q=0.8', 'accept-language': 'ko' })
    expect(local.requests[0]!.headers).not.toHaveProperty('cookie')
  })

  test('an EUC-KR page, compressed', async () => {
    const body = Buffer.concat([Buffer.from('<title>'), Buffer.from([0xc7, 0xd1, 0x8c, 0x63]), Buffer.from('</title>')])
    send('text/html; charset=euc-kr', gzipSync(body), { 'content-encoding': 'gzip' })
    expect(await preview()).toMatchObject({ openGraph: { title: '한똠' } })
  })

  test('a page of a hundred megabytes is read no further than needed', async () => {
    send('text/html', gzipSync(Buffer.concat([Buffer.from('<title>big</title>'), Buffer.alloc(5_000_000, 32)])), {
      'content-encoding': 'gzip',
    })
    expect(await preview()).toMatchObject({ openGraph: { title: 'big' } })
  })

  test('a picture, but none that would burst the reader', async () => {
    send('image/png', png(500))
    expect(await preview()).toEqual({
      type: 'image',
      image: { width: 500, height: 500, format: 'png', frame_count: 0 },
    })
    send('image/png', png(60_000))
    expect(await preview()).toEqual(NONE)
    send('image/png', png(500), { 'content-length': String(60 * 1024 * 1024) })
    expect(await preview({ timeoutMs: 500 })).toEqual(NONE)
    send('image/png', '<title>no picture</title>')
    expect(await preview()).toEqual(NONE)
  })

  test('SVG only where it is on', async () => {
    send('image/svg+xml; charset=utf-8', '<svg width="3" height="4">')
    expect(await preview()).toEqual(NONE)
    expect(await preview({ enableSvgs: true })).toMatchObject({ image: { width: 3, height: 4, format: 'svg' } })
  })

  test.each(['application/json', 'text/plain', 'video/mp4', '', 'text/html-evil'])(
    'content type %j shows nothing',
    async (type) => {
      send(type, '<title>t</title>')
      expect(await preview()).toEqual(NONE)
    },
  )

  test('an error page shows nothing', async () => {
    send('text/html', '<title>Not found</title>', {}, 404)
    expect(await preview()).toEqual(NONE)
  })

  test('a redirect to a restricted domain shows nothing, one to a private address fails', async () => {
    answer = (request, response) =>
      request.url === '/short'
        ? response.writeHead(302, { location: `http://127.0.0.1:${local.port}/long` }).end()
        : response.writeHead(200, { 'content-type': 'text/html' }).end('<title>t</title>')
    const start = new URL(`http://localhost:${local.port}/short`)
    const open = { ...settings, allowedInternal: 'localhost 127.0.0.1' }
    expect(await fetchPreview(start, open)).toMatchObject({ type: 'opengraph' })
    expect(await fetchPreview(start, { ...open, restrictLinkPreviews: '127.0.0.1' })).toEqual(NONE)
    await expect(fetchPreview(start, { ...open, allowedInternal: 'localhost' })).rejects.toMatchObject({
      reason: 'address',
    })
    await expect(preview({ allowedInternal: '' })).rejects.toBeInstanceOf(OutgoingError)
  })
})

describe('previewOf', () => {
  const URL_A = 'https://x.test/a'

  test('asks once, then remembers; fragments do not matter', async () => {
    const { previews, fetch, store } = previewsWith()
    expect(await previews.previewOf(URL_A)).toEqual(page(URL_A))
    expect(await previews.previewOf(`${URL_A}#part`)).toEqual(page(URL_A))
    expect([fetch, store.get, store.put].map((each) => each.mock.calls.length)).toEqual([1, 1, 1])
  })

  test('those who ask at the same time share one request', async () => {
    const { previews, fetch } = previewsWith()
    await Promise.all(Array.from({ length: 20 }, () => previews.previewOf(URL_A)))
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  test('the table answers a new process, for the hour of the post', async () => {
    const at = 1_700_000_000_000
    const first = previewsWith()
    await first.previews.previewOf(URL_A, at)
    const second = previewsWith({ store: first.store })
    expect(await second.previews.previewOf(URL_A, at + 1)).toEqual(page(URL_A))
    expect(second.fetch).not.toHaveBeenCalled()
    await second.previews.previewOf(URL_A, at + HOUR)
    expect(second.fetch).toHaveBeenCalledTimes(1)
    expect([...first.rows.values()].map((row) => row.timestamp % HOUR)).toEqual([0, 0])
  })

  test('rows of Mattermost are read, and rows that collide or are malformed do no harm', async () => {
    const at = 1_700_000_000_000
    const timestamp = at - (at % HOUR)
    const hash = linkHash(URL_A, timestamp)
    const read = async (row: Partial<LinkMetadataRow>) => {
      const { previews, rows, fetch } = previewsWith()
      rows.set(hash, { hash, url: URL_A, timestamp, type: 'opengraph', data: null, ...row })
      const preview = await previews.previewOf(URL_A, at)
      return { preview, asked: fetch.mock.calls.length }
    }
    const data = { title: 'T', images: null, videos: null, url: 'javascript:1' }
    expect(await read({ data })).toMatchObject({
      preview: { openGraph: { title: 'T', url: '', images: [] } },
      asked: 0,
    })
    expect(await read({ type: 'image', data: { width: 5, height: 'x' } })).toMatchObject({
      preview: { image: { width: 5, height: 0, format: '', frame_count: 0 } },
    })
    expect(await read({ type: 'none' })).toEqual({ preview: NONE, asked: 0 })
    for (const bad of ['x', 3, [], { images: [null, 3, { url: {} }] }])
      expect((await read({ data: bad })).asked).toBe(0)
    expect((await read({ url: 'https://evil.test/' })).asked).toBe(1)
  })

  test('an unreachable page is none for the hour, and no error to report', async () => {
    const fetch = vi.fn<typeof fetchPreview>(async () => Promise.reject(new OutgoingError('connect', 'x')))
    const { previews, rows, onError } = previewsWith({ fetch })
    expect(await previews.previewOf(URL_A)).toEqual(NONE)
    expect(await previews.previewOf(URL_A)).toEqual(NONE)
    expect(fetch).toHaveBeenCalledTimes(1)
    expect([...rows.values()]).toMatchObject([{ type: 'none', data: null, url: URL_A }])
    expect(onError).not.toHaveBeenCalled()
  })

  test('a broken table costs nothing but the memory of it', async () => {
    const store = {
      get: async () => Promise.reject(new Error('down')),
      put: async () => Promise.reject(new Error('down')),
    }
    const { previews, onError } = previewsWith({ store })
    expect(await previews.previewOf(URL_A)).toEqual(page(URL_A))
    expect(onError).toHaveBeenCalledTimes(2)
  })

  test('a slow page answers none in time and is there for the next asker', async () => {
    const { promise, resolve } = Promise.withResolvers<LinkPreview>()
    const { previews } = previewsWith({ fetch: () => promise, with: { timeoutMs: 30 } })
    expect(await previews.previewOf(URL_A)).toEqual(NONE)
    resolve(page('late'))
    await vi.waitFor(async () => expect(await previews.previewOf(URL_A)).toEqual(page('late')))
  })

  test('no more than so many requests at a time, and a full queue is not remembered', async () => {
    const gates: (() => void)[] = []
    let busy = 0
    let most = 0
    const fetch = vi.fn<typeof fetchPreview>(async (url) => {
      most = Math.max(most, ++busy)
      await new Promise<void>((open) => gates.push(open))
      busy--
      return page(url.href)
    })
    const { previews } = previewsWith({ fetch, concurrency: 3 })
    const asked = Array.from({ length: 510 }, (_, index) => previews.previewOf(`https://x.test/${index}`))
    const all = Promise.all(asked)
    const opener = setInterval(() => gates.splice(0).forEach((open) => open()), 1)
    const answers = await all.finally(() => clearInterval(opener))
    expect(most).toBe(3)
    expect(answers.filter((each) => each.type === 'none')).toHaveLength(7)
    const again = previews.previewOf('https://x.test/509')
    await vi.waitFor(() => gates.splice(0).forEach((open) => open()))
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(504))
    gates.splice(0).forEach((open) => open())
    expect(await again).toEqual(page('https://x.test/509'))
  })

  test('ten thousand are remembered, the longest unused forgotten first', async () => {
    const { previews, store } = previewsWith()
    for (let index = 0; index < 10_000; index++) await previews.previewOf(`https://x.test/${index}`)
    await previews.previewOf('https://x.test/0')
    await previews.previewOf('https://x.test/new')
    expect(previews.size()).toBe(10_000)
    store.get.mockClear()
    await previews.previewOf('https://x.test/0')
    expect(store.get).not.toHaveBeenCalled()
    await previews.previewOf('https://x.test/1')
    expect(store.get).toHaveBeenCalledTimes(1)
  })

  test.each([
    '',
    'x',
    'ftp://x.test/',
    'javascript:1',
    'https://u:p@x.test/',
    `https://x.test/${'a'.repeat(2050)}`,
    'https://[bad',
  ])('%.40j has no preview and is not asked for', async (url) => {
    const { previews, fetch } = previewsWith()
    expect(await previews.previewOf(url)).toEqual(NONE)
    expect(await previews.previewOf(URL_A, Number.NaN)).toEqual(page(URL_A))
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  test.each([
    ['x.test', 'https://x.test/', true],
    ['a.test, X.test', 'https://deep.sub.x.test./', true],
    ['https://x.test/path @y.test *.z.test', 'https://z.test/', true],
    ['한국.kr', 'https://www.xn--3e0b707e.kr/', true],
    ['x.test', 'https://notx.test/', false],
    ['x.test', 'https://x.test.evil.test/', false],
    [' , ', 'https://x.test/', false],
  ])('RestrictLinkPreviews %j and %s', async (restrictLinkPreviews, url, restricted) => {
    const { previews, fetch } = previewsWith({ with: { restrictLinkPreviews } })
    await previews.previewOf(url)
    expect(fetch).toHaveBeenCalledTimes(restricted ? 0 : 1)
  })
})

test('the hash is the one in existing databases', () => {
  // FNV-1 (32) over eight zero bytes and the text, computed apart from this code.
  expect(linkHash('', 0)).toBe(2615243109)
  expect(linkHash('https://example.com/한글', 1_700_000_000_000 - (1_700_000_000_000 % HOUR))).toBe(3717818873)
})
