import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { crc32, deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestServer } from '../../testkit/server.ts'
import { openServer } from '../access/server.ts'
import { PNG } from '../access/png.ts'
import { makeWorld } from '../access/world.ts'
import type { World } from '../access/world.ts'

let server: TestServer
let world: World
/** What a service inside the network was asked. */
const asked: string[] = []
const inside = createServer((request, response) => {
  asked.push(request.url ?? '')
  response.setHeader('Content-Type', 'text/html').end('<title>internal secret</title>')
})
beforeAll(async () => {
  await new Promise<void>((resolve) => inside.listen(0, '::', resolve))
  server = await openServer()
  await server.app.config.patch({
    ServiceSettings: { EnableLinkPreviews: true },
    ImageProxySettings: { Enable: true, ImageProxyType: 'local' },
  })
  world = await makeWorld(server)
})
afterAll(async () => {
  await server.stop()
  inside.close()
})

describe('addresses inside the network', () => {
  const hosts = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0',
    '0.0.0.0',
    'localhost',
    'localhost.',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::]',
    '[::127.0.0.1]',
    '127.0.0.1.',
    'LOCALHOST',
    '①②⑦.0.0.1',
    'a@127.0.0.1',
    'example.com@127.0.0.1',
    '[64:ff9b::7f00:1]',
    '127.0.0.1%2f@example.com',
  ]

  test('are asked for no preview, picture or redirect, however they are written', async () => {
    const { port } = inside.address() as AddressInfo
    const me = server.as(world.people.member)
    for (const host of hosts) {
      const url = `http://${host}:${port}/${encodeURIComponent(host)}`
      const post = await me.post('/posts', { channel_id: world.channel, message: `${url} ![x](${url}/image.png)` })
      const [picture, redirect] = await Promise.all([
        me.get(`/image?url=${encodeURIComponent(url)}`),
        me.get(`/redirect_location?url=${encodeURIComponent(url)}`),
      ])
      expect([host, picture.status, redirect.body.location]).toEqual([host, 400, ''])
      const again = await me.get(`/posts/${post.body.id}`)
      expect(JSON.stringify([post.body, again.body])).not.toContain('internal secret')
    }
    expect(asked).toEqual([])
  })

  test('nor what is no web address at all', async () => {
    const me = server.as(world.people.member)
    for (const url of [
      'file:///etc/passwd',
      'gopher://127.0.0.1',
      'data:image/png;base64,x',
      'ftp://a',
      '//',
      'http://',
      'http://[',
    ]) {
      expect([url, (await me.get(`/image?url=${encodeURIComponent(url)}`)).status]).toEqual([url, 400])
      const { status } = await me.get(`/redirect_location?url=${encodeURIComponent(url)}`)
      expect([url, status < 500]).toEqual([url, true])
    }
  })
})

/** A PNG whose header promises `size` × `size` pixels in a few kilobytes. */
function bomb(size: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const pixels = deflateSync(Buffer.alloc(1_000_000))
  return Buffer.concat([start, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

const SCRIPT_SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
/** A GIF header with 65535 × 65535 pixels and no picture. */
const HUGE_GIF = Buffer.from('GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff;', 'latin1')

describe('pictures', () => {
  const form = (field: string, bytes: Buffer, name = 'x.png', more: Record<string, string> = {}) => {
    const data = new FormData()
    for (const [key, value] of Object.entries(more)) data.append(key, value)
    data.append(field, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), name)
    return data
  }
  const pictures: Record<string, Buffer> = {
    bomb: bomb(6e4),
    'largest bomb': bomb(2 ** 31 - 1),
    gif: HUGE_GIF,
    svg: SCRIPT_SVG,
    empty: Buffer.alloc(0),
    half: PNG.subarray(0, 40),
    text: Buffer.from('hello'),
    zip: Buffer.from('PK'),
    mvg: Buffer.from('push graphic-context'),
  }

  test('that promise more than they hold, or are none, are refused as faces of people, teams, brands and emoji', async () => {
    const { member, teamAdmin, admin } = world.people
    for (const [name, bytes] of Object.entries(pictures)) {
      const answers = [
        await server.as(member).post('/users/me/image', form('image', bytes)),
        await server.as(teamAdmin).post(`/teams/${world.team}/image`, form('image', bytes)),
        await server.as(admin).post('/brand/image', form('image', bytes)),
        await server.as(member).post(
          '/emoji',
          form('image', bytes, 'x.png', {
            emoji: JSON.stringify({ name: `b${world.short}${bytes.length}`, creator_id: member.id }),
          }),
        ),
      ]
      for (const answer of answers) expect([name, answer.status >= 400 && answer.status < 500]).toEqual([name, true])
    }
  })

  test('as attachments they are kept or refused, but never unpacked', async () => {
    for (const [name, bytes] of Object.entries(pictures)) {
      const answer = await server
        .as(world.people.member)
        .post('/files', form('files', bytes, `${name}.png`, { channel_id: world.channel }))
      expect([name, answer.status < 500]).toEqual([name, true])
      const info = answer.body.file_infos?.[0]
      if (!info) continue
      const file = await fetch(`${server.url}/api/v4/files/${info.id}`, {
        headers: { Authorization: `Bearer ${world.people.member.token}` },
      })
      expect(file.headers.get('content-type')).not.toMatch(/svg|html|xml/)
      const preview = await server.as(world.people.member).get(`/files/${info.id}/preview`)
      expect([name, preview.status < 500]).toEqual([name, true])
    }
  })
})

describe('names of files', () => {
  const names = [
    '../../../../etc/passwd',
    '..\\..\\boot.ini',
    '/etc/passwd',
    'a\r\nSet-Cookie: x=1.txt',
    'a".txt; filename="b',
    '.',
    '..',
    ' ',
    'x.html',
    'x.svg',
    'x.js',
    'x.xhtml',
    '\u202efdp.exe',
    'a'.repeat(400) + '.txt',
    'CON',
    '.htaccess',
    "';--.txt",
    '한글 이름.txt',
  ]

  test('stay names: nothing is written elsewhere, no header gets a line, nothing runs as a page', async () => {
    const me = server.as(world.people.member)
    for (const name of names) {
      const query = new URLSearchParams({ channel_id: world.channel, filename: name })
      const answer = await me.call('POST', `/files?${query.toString()}`, '<script>alert(1)</script>', {
        'Content-Type': 'text/html',
      })
      expect([name, answer.status < 500]).toEqual([name, true])
      const info = answer.body.file_infos?.[0]
      if (!info) continue
      expect(info.name).not.toMatch(/[/\\\r\n]|^\.\.?$/)
      const file = await fetch(`${server.url}/api/v4/files/${info.id}`, {
        headers: { Authorization: `Bearer ${world.people.member.token}` },
      })
      expect([name, file.status]).toEqual([name, 200])
      expect(file.headers.get('set-cookie')).toBeNull()
      // A drawing may keep its type, because it is only ever downloaded.
      const saved = file.headers.get('content-disposition')!.startsWith('attachment')
      expect(file.headers.get('content-type')).not.toMatch(saved ? /html|javascript/ : /html|svg|xml|javascript/)
      expect(file.headers.get('x-content-type-options')).toBe('nosniff')
      const row = await server.app.db
        .selectFrom('fileinfo')
        .select('path')
        .where('id', '=', info.id)
        .executeTakeFirstOrThrow()
      expect(row.path).not.toContain('..')
    }
  })

  test('an id that is a path reaches no file', async () => {
    const me = server.as(world.people.member)
    for (const id of ['..%2f..%2fconfig.json', '%2e%2e', 'config.json', '....//', 'a%00b', '%252e%252e%252f']) {
      for (const path of [
        `/files/${id}`,
        `/emoji/${id}/image`,
        `/users/${id}/image`,
        `/teams/${id}/image`,
        `/uploads/${id}`,
      ]) {
        const { status } = await me.get(path)
        expect([path, status]).toEqual([
          path,
          expect.toSatisfy((code: number) => code === 400 || code === 403 || code === 404),
        ])
      }
    }
  })
})

describe('headers', () => {
  test('nothing that a client sends comes back as a header or a page', async () => {
    const evil = '"><script>alert(1)</script>'
    const paths = [
      `/api/v4/${encodeURIComponent(evil)}`,
      `/api/v4/users/${encodeURIComponent(evil)}`,
      `/${encodeURIComponent(evil)}`,
      '/%0d%0aSet-Cookie:x=1',
    ]
    for (const path of paths) {
      const answer = await fetch(server.url + path, {
        headers: { 'X-Forwarded-Host': 'evil.example', 'X-Request-Id': evil },
      })
      const text = await answer.text()
      expect(text).not.toContain('<script>alert(1)')
      expect([...answer.headers.values()].join()).not.toMatch(/evil\.example|alert\(1\)/)
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
  })

  test('malformed headers are refused, nothing falls over', async () => {
    const me = server.as()
    const tries: Record<string, string>[] = [
      { Authorization: 'Bearer' },
      { Authorization: `Bearer ${'x'.repeat(8000)}` },
      { Authorization: 'Basic YTpi' },
      { Cookie: 'MMAUTHTOKEN="' },
      { Cookie: `MMAUTHTOKEN=${'='.repeat(3000)}` },
      { Cookie: 'MMAUTHTOKEN=%00;;;=;MMAUTHTOKEN' },
      { 'If-None-Match': '"'.repeat(2000) },
      { 'Accept-Language': '*'.repeat(2000) },
      { Range: 'bytes=-99999999999999999999' },
      { 'Connection-Id': "';--" },
    ]
    for (const headers of tries) {
      const answer = await me.get('/users/me', headers)
      expect([headers, answer.status]).toEqual([headers, 401])
    }
    for (const range of [
      'bytes=-1',
      'bytes=9-1',
      'bytes=0-99999999999999',
      'bytes=a-b',
      `bytes=${'0-1,'.repeat(500)}0-1`,
      'lines=1-2',
    ]) {
      const headers = { Authorization: `Bearer ${world.people.member.token}`, Range: range }
      const { status } = await fetch(`${server.url}/api/v4/files/${world.file}`, { headers })
      expect([range, status < 500]).toEqual([range, true])
    }
  })
})
