import { describe, expect, test } from 'vitest'
import { safeHref, safeImageSource } from './safe-href.ts'

const site = 'https://chat.example.com/sub'

describe('links that stay text', () => {
  test.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript\u200b:alert(1)',
    'vbscript:x',
    'data:text/html,<script>alert(1)</script>',
    'DATA:text/html;base64,PHNjcmlwdD4=',
    'blob:https://x/y',
    'file:///etc/passwd',
    'about:blank',
    'view-source:http://x',
    'unknown:x',
    'git://x',
    'http://',
    'https://exa mple/%',
    '#top',
    '?a',
    '',
    ' ',
  ])('%j', (url) => expect(safeHref(url, site)).toBeNull())

  test('whatever the server’s own schemes say', () => {
    expect(safeHref('javascript:alert(1)', site, ['javascript', 'data'])).toBeNull()
    expect(safeHref('data:text/html,x', site, ['javascript', 'data'])).toBeNull()
    expect(safeHref('git://x', site, ['git'])?.href).toBe('git://x')
  })
})

describe('links', () => {
  test.each([
    ['http://x.com/a?b=1&amp;c=2#d', 'http://x.com/a?b=1&c=2#d'],
    ['HTTPS://X.com', 'https://x.com/'],
    ['x.com/a', 'http://x.com/a'],
    ['localhost:8065/a', 'http://localhost:8065/a'],
    ['//x.com', 'https://x.com/'],
    ['\\\\x.com', 'https://x.com/'],
    ['/team/pl/x', 'https://chat.example.com/team/pl/x'],
    ['mailto:a@b.c', 'mailto:a@b.c'],
    ['tel:+82-10', 'tel:+82-10'],
    ['ftp://x/y', 'ftp://x/y'],
    ['https://예.한국/길', 'https://xn--2j5b.xn--3e0b707e/%EA%B8%B8'],
  ])('%j leads to %j', (url, href) => expect(safeHref(url, site)?.href).toBe(href))
})

describe('links that stay in the page', () => {
  test.each<[string, string | null]>([
    ['https://chat.example.com/sub/team/pl/x?y#z', '/team/pl/x?y#z'],
    ['https://CHAT.example.com/sub', '/'],
    ['/sub/team/channels/dev', '/team/channels/dev'],
    ['/other', null],
    ['https://chat.example.com/submarine', null],
    ['http://chat.example.com/sub/team', null],
    ['https://chat.example.com.evil.org/sub/team', null],
    ['https://chat.example.com@evil.org/sub/team', null],
    ['https://me@chat.example.com/sub/team', null],
    ['https://chat.example.com/sub/api/v4/files/x', null],
    ['https://chat.example.com/sub/plugins/x', null],
    ['mailto:a@chat.example.com', null],
  ])('%j → %j', (url, path) => expect(safeHref(url, site)?.path ?? null).toBe(path))

  test('are none while the site has no address', () => expect(safeHref('/a', '')).toBeNull())
})

test('pictures come from the web or this site alone', () => {
  expect(safeImageSource('https://x/y.png', site)).toBe('https://x/y.png')
  expect(safeImageSource('/sub/api/v4/files/x', site)).toBe('https://chat.example.com/sub/api/v4/files/x')
  for (const url of ['data:image/png;base64,AA', 'javascript:x', 'mailto:a', 'ftp://x/y.png', 'blob:x'])
    expect(safeImageSource(url, site), url).toBeNull()
})
