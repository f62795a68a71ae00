import { describe, expect, test } from 'vitest'
import { isAllowedInternal, isLinkLocalAddress, isPrivateAddress, parseAllowList, parseRange } from './addresses.ts'

describe('isPrivateAddress', () => {
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.0.1',
    '198.18.0.1',
    '198.19.255.255',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '[::1]',
    'fe80::1%eth0',
    'febf::1',
    'fec0::1',
    'fc00::1',
    'fdff::1',
    'ff02::1',
    '2001:db8::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:0a00:0001',
    '::127.0.0.1',
    '::ffff:0:10.0.0.1',
    '64:ff9b::127.0.0.1',
    '64:ff9b::a00:1',
    '64:ff9b:1::8.8.8.8',
    '2002:7f00:1::',
    '2002:c0a8:101::1',
    '2002:a9fe:a9fe::',
    '2001:0:a00:1::f7f7:f7f7',
    '2001:0:808:808:0:0:80ff:fffe',
    '2a00:1450::5efe:10.0.0.1',
    '2a00:1450::200:5efe:127.0.0.1',
  ])('%s is private', (ip) => expect(isPrivateAddress(ip)).toBe(true))

  test.each(['', 'example.com', '127.1', '0x7f000001', '999.1.1.1', ':::', '1.2.3.4.5'])(
    '%j is no address and so never public',
    (ip) => expect(isPrivateAddress(ip)).toBe(true),
  )

  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '172.15.0.1',
    '172.32.0.1',
    '192.167.1.1',
    '223.255.255.255',
    '211.231.99.17',
    '2606:4700::1111',
    '2a00:1450:4001::200e',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2002:808:808::1',
    '2404:6800:4004::5efd:a00:1',
  ])('%s is public', (ip) => expect(isPrivateAddress(ip)).toBe(false))

  test.each([
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::ffff:127.0.0.1]/',
  ])('%s is private once the URL parser has read it', (url) =>
    expect(isPrivateAddress(new URL(url).hostname)).toBe(true),
  )
})

test('link-local and metadata addresses are told apart from ordinary private ones', () => {
  expect(
    ['169.254.169.254', 'fe80::1', 'fd00:ec2::254', '::ffff:169.254.169.254', '2002:a9fe:a9fe::'].map(
      isLinkLocalAddress,
    ),
  ).toEqual(Array(5).fill(true))
  expect(['10.0.0.1', '127.0.0.1', 'fd00::1', '8.8.8.8'].map(isLinkLocalAddress)).toEqual(Array(4).fill(false))
})

describe('allow list', () => {
  const list = parseAllowList(
    'GitLab.internal, 10.1.0.0/16\t192.168.5.5 fd00:1::/32,[::1] 한국.kr bad/entry 10.0.0.0/99',
  )

  test('opens names, addresses and ranges', () => {
    expect(isAllowedInternal(list, 'gitlab.INTERNAL.', '10.9.9.9')).toBe(true)
    expect(isAllowedInternal(list, 'xn--3e0b707e.kr', '127.0.0.1')).toBe(true)
    expect(isAllowedInternal(list, 'x', '10.1.255.1')).toBe(true)
    expect(isAllowedInternal(list, 'x', '::ffff:10.1.2.3')).toBe(true)
    expect(isAllowedInternal(list, 'x', '192.168.5.5')).toBe(true)
    expect(isAllowedInternal(list, 'x', 'fd00:1::5')).toBe(true)
    expect(isAllowedInternal(list, 'x', '::1')).toBe(true)
  })

  test('opens nothing else', () => {
    expect(isAllowedInternal(list, 'evil.gitlab.internal', '10.9.9.9')).toBe(false)
    expect(isAllowedInternal(list, 'x', '10.2.0.1')).toBe(false)
    expect(isAllowedInternal(list, 'x', '192.168.5.6')).toBe(false)
    expect(isAllowedInternal(list, 'x', 'fd00:2::1')).toBe(false)
    expect(isAllowedInternal(parseAllowList(''), '', '127.0.0.1')).toBe(false)
  })

  test('a malformed range is no range', () => {
    expect(['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/8/8', '::/129', '10.0.0.0/ 8', 'host/8'].map(parseRange)).toEqual(
      Array(6).fill(undefined),
    )
  })
})
