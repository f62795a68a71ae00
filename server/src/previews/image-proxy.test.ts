import { expect, test } from 'vitest'
import { proxiedImageUrl } from './image-proxy.ts'

const local = { enable: true, type: 'local', remoteUrl: '', remoteOptions: '', siteUrl: 'https://chat.test/' }
const camo = { ...local, type: 'atmos/camo', remoteUrl: 'https://camo.test/', remoteOptions: 'key' }

test('local', () => {
  expect(proxiedImageUrl('http://x.test/a b?c&d', local)).toBe(
    'https://chat.test/api/v4/image?url=http%3A%2F%2Fx.test%2Fa%20b%3Fc%26d',
  )
})

test('atmos/camo: HMAC-SHA1 and the address in hex', () => {
  expect(proxiedImageUrl('http://x.test/a', camo)).toBe(
    'https://camo.test/e4e7b3a29929a1fe5672534dacd2a0206224137b/687474703a2f2f782e746573742f61',
  )
})

test('left alone: switched off, our own pictures, proxied ones, what is no web address', () => {
  expect(proxiedImageUrl('http://x.test/a', { ...local, enable: false })).toBe('http://x.test/a')
  expect(proxiedImageUrl('https://chat.test/files/1', local)).toBe('https://chat.test/files/1')
  expect(proxiedImageUrl('https://camo.test/x/y', camo)).toBe('https://camo.test/x/y')
  expect(proxiedImageUrl('/static/a.png', local)).toBe('/static/a.png')
  expect(proxiedImageUrl('https://chat.test.evil.test/a', local)).toContain('/api/v4/image?url=')
})
