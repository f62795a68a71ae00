import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
let anna: Person
let admin: Person

beforeAll(async () => {
  server = await TestServer.start({ config: { FileSettings: { MaxFileSize: 200_000 } } })
  ;[anna, admin] = await Promise.all([server.make.user(), server.make.admin()])
})
afterAll(() => server.stop())

function form(file?: Buffer, name = 'image'): FormData {
  const data = new FormData()
  if (file) data.append(name, new File([new Uint8Array(file)], 'brand.jpg'))
  return data
}

const jpeg = (width: number) =>
  sharp({ create: { width, height: 50, channels: 3, background: '#00ff00' } })
    .jpeg()
    .toBuffer()

test('set, seen by everyone, replaced, taken away', async () => {
  const none = await server.as().get('/brand/image')
  expect([none.status, none.body]).toEqual([404, ''])
  expect((await server.as(admin).delete('/brand/image')).status).toBe(404)
  for (const width of [70, 90]) {
    const { status, body } = await server.as(admin).post('/brand/image', form(await jpeg(width)))
    expect([status, body]).toEqual([201, { status: 'OK' }])
    const response = await fetch(`${server.url}/api/v4/brand/image`)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect((await sharp(Buffer.from(await response.arrayBuffer())).metadata()).width).toBe(width)
  }
  expect(await server.app.files.list('brand')).toHaveLength(2)
  expect((await server.as(admin).delete('/brand/image')).body).toEqual({ status: 'OK' })
  expect((await server.as().get('/brand/image')).status).toBe(404)
})

test('only with the right, only a proper image', async () => {
  expect((await server.as(anna).post('/brand/image', form(await jpeg(10)))).status).toBe(403)
  expect((await server.as(anna).delete('/brand/image')).status).toBe(403)
  expect((await server.as().post('/brand/image', form(await jpeg(10)))).status).toBe(401)
  const cases: [number, string, unknown][] = [
    [400, 'api.admin.upload_brand_image.no_file.app_error', form(await jpeg(10), 'other')],
    [400, 'brand.save_brand_image.decode.app_error', form(Buffer.from('GIF89a'))],
    [413, 'api.admin.upload_brand_image.too_large.app_error', form(Buffer.alloc(200_001))],
    [400, 'api.file.upload_file.read_request.app_error', { image: 'x' }],
  ]
  for (const [status, id, body] of cases) {
    const answer = await server.as(admin).post('/brand/image', body)
    expect([answer.status, answer.body.id]).toEqual([status, id])
  }
})
