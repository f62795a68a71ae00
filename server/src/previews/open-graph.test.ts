import { describe, expect, test } from 'vitest'
import { decodeEntities, htmlTokens } from './html-tokens.ts'
import { oEmbedUrl, parseOEmbed } from './oembed.ts'
import { parseOpenGraph } from './open-graph.ts'

const PAGE = 'https://news.test/a/b.html?q=1'
const parse = (html: string) => parseOpenGraph(Buffer.from(html), 'text/html; charset=utf-8', PAGE)
const meta = (property: string, content: string) => `<meta property="${property}" content="${content}">`

describe('which text is taken', () => {
  test('Open Graph', () => {
    const tags: [string, string][] = [
      ['og:title', '제목 &amp; &#54620;&quot;&#x1F600;'],
      ['og:type', 'article'],
      ['og:description', 'about'],
      ['og:site_name', 'News'],
      ['og:url', '/canonical'],
      ['og:image', '../i.png'],
    ]
    expect(parse(`<html><head><title>no</title>${tags.map(([name, value]) => meta(name, value)).join('\n')}`)).toEqual({
      type: 'article',
      title: '제목 & 한"😀',
      description: 'about',
      site_name: 'News',
      url: 'https://news.test/canonical',
      images: [{ url: 'https://news.test/i.png', secure_url: '', type: '', width: 0, height: 0 }],
    })
  })

  test('Twitter cards, then plain HTML', () => {
    const card = `<meta name="twitter:title" content="T"><meta name=twitter:image content=/t.png><meta name=twitter:description content=D>`
    expect(parse(card)).toMatchObject({
      title: 'T',
      description: 'D',
      images: [{ url: 'https://news.test/t.png' }],
      url: PAGE,
    })
    expect(parse(`<TITLE lang=en>\n My  page\n</TITLE ><META NAME=Description CONTENT='it&apos;s'>`)).toMatchObject({
      title: 'My page',
      description: "it's",
      images: [],
    })
  })

  test('nothing to show without title, type and address', () => {
    expect(parse('<p>hello')).toBeUndefined()
    expect(parse(meta('og:description', 'only this'))).toBeUndefined()
    expect(parse(meta('og:title', '   '))).toBeUndefined()
    expect(parse(meta('og:type', 'website'))).toMatchObject({ type: 'website', title: '', url: PAGE })
  })

  test('the first of two, and attributes in any order and quoting', () => {
    expect(
      parse(`<meta content='one' data-x='>' property=og:title /><meta property="og:title" content="two">`)!.title,
    ).toBe('one')
    expect(parse(`<meta\nproperty = "og:title"\tcontent = a>b`)!.title).toBe('a')
    expect(parse(`<meta property="og:title" content="first" content="second">`)!.title).toBe('first')
  })

  test.each([
    ['a script', '<script>document.write(\'<meta property="og:title" content="x">\')</script>'],
    ['a comment', '<!-- <meta property="og:title" content="x"> -->'],
    ['a textarea', '<textarea><meta property="og:title" content="x"></textarea>'],
    ['a template', '<template><title>x</title></template>'],
    ['an attribute', '<p title=\'<meta property="og:title" content="x">\'>'],
    ['an unfinished tag', '<meta property="og:title" content="x"'],
    ['an unfinished quote', '<meta property="og:title" content="x>'],
    ['an unfinished title', '<title>x'],
  ])('markup inside %s does not count', (_name, html) => expect(parse(html)).toBeUndefined())

  test('an empty comment does not hide the page', () => {
    expect(parse('<!--><title>seen</title><!-- -->')!.title).toBe('seen')
  })

  test('long texts end in [...] after 300 characters, counted as people count', () => {
    expect(parse(meta('og:title', '😀'.repeat(301)))!.title).toBe(`${'😀'.repeat(300)}[...]`)
    expect(parse(meta('og:title', '가'.repeat(300)))!.title).toBe('가'.repeat(300))
  })

  test('what PostgreSQL refuses in JSON is gone', () => {
    expect(parse(meta('og:title', 'a\0b&#0;c&#xD800;d\u0007'))!.title).toBe('ab\ufffdc\ufffdd')
  })
})

describe('pictures', () => {
  const image = (url: string, width?: number, height?: number) =>
    meta('og:image', url) +
    (width ? meta('og:image:width', String(width)) + meta('og:image:height', String(height)) : '')
  const imagesOf = (html: string) => parse(`<title>t</title>${html}`)!.images

  test('the largest suitable one is kept', () => {
    expect(imagesOf(image('/s.png', 100, 100) + image('/l.png', 1200, 630) + image('/m.png', 300, 300))).toEqual([
      { url: 'https://news.test/l.png', secure_url: '', type: '', width: 1200, height: 630 },
    ])
    expect(imagesOf(image('/first.png') + image('/second.png'))[0]!.url).toBe('https://news.test/first.png')
    expect(imagesOf(image('/pixel.gif', 1, 1))).toEqual([])
  })

  test('structured properties', () => {
    const html =
      meta('og:image', 'http://x.test/a.png') +
      meta('og:image:url', 'http://x.test/a.png') +
      meta('og:image:secure_url', 'https://x.test/a.png') +
      meta('og:image:type', 'image/png') +
      meta('og:image:width', '640px') +
      meta('og:image:height', '480.0')
    expect(imagesOf(html)).toEqual([
      { url: 'http://x.test/a.png', secure_url: 'https://x.test/a.png', type: 'image/png', width: 640, height: 480 },
    ])
    expect(imagesOf(meta('og:image:url', '/only.png'))[0]!.url).toBe('https://news.test/only.png')
    expect(imagesOf(meta('og:image:secure_url', '/only.png'))[0]!.url).toBe('https://news.test/only.png')
  })

  test.each([
    'javascript:alert(1)',
    'data:image/png;base64,AA',
    ' JaVaScRiPt:1',
    'file:///x',
    'http://u:p@x.test/',
    'http://[',
    '',
  ])('the address %j is dropped, and its sizes with it', (url) => {
    expect(imagesOf(image(url, 9000, 9000))).toEqual([])
    expect(imagesOf(image('/ok.png', 100, 50) + image(url, 9000, 9000))).toMatchObject([{ width: 100 }])
  })

  test('nonsense sizes count as unknown', () => {
    for (const size of ['-5', '1e9', '99999999', 'wide', '']) {
      expect(imagesOf(meta('og:image', '/a') + meta('og:image:width', size))).toMatchObject([{ width: 0 }])
    }
  })

  test('an address of the page itself that is no web address is replaced', () => {
    expect(parse('<title>t</title>' + meta('og:url', 'javascript:alert(1)'))!.url).toBe(PAGE)
  })
})

test('entities: named ones need their semicolon', () => {
  expect(decodeEntities('?a=1&copy=2&lt;&LT;&hellip;&nope;&#39&#x27;&#150;&#99999999;')).toBe(
    "?a=1&copy=2<<…&nope;''–\ufffd",
  )
})

test.each([
  ['open tags', '<'.repeat(1_000_000)],
  ['unclosed comments', '<!--'.repeat(250_000)],
  ['unclosed quotes', '<meta content="'.repeat(70_000)],
  ['attributes', `<meta ${'a '.repeat(500_000)}>`],
  ['titles', '<title></title>'.repeat(70_000)],
  ['half-closed scripts', '<script></scrip'.repeat(70_000)],
  [
    'spaces',
    meta('og:title', ' '.repeat(1_000_000)) +
      meta('og:image', '/x') +
      meta('og:image:width', `1${' '.repeat(900_000)}x`),
  ],
  ['ampersands', meta('og:title', '&'.repeat(1_000_000))],
  ['metas', meta('og:image', '/x').repeat(20_000)],
])('a megabyte of %s is read in one pass', (_name, html) => {
  // A quadratic reading takes minutes and runs into the test's time limit.
  expect(parse(html)?.title.length ?? 0).toBeLessThanOrEqual('[...]'.length + 300)
})

test('only the first megabyte counts', () => {
  expect(parse(`${' '.repeat(1_100_000)}<title>late</title>`)).toBeUndefined()
  expect([...htmlTokens('<meta name=a><title>b</title><title>c</title>')]).toHaveLength(2)
})

describe('YouTube', () => {
  test.each(['https://www.youtube.com/watch?v=1', 'https://youtu.be/1', 'https://m.youtube.com/shorts/1'])(
    '%s has oEmbed',
    (url) =>
      expect(oEmbedUrl(new URL(url))).toBe(`https://www.youtube.com/oembed?format=json&url=${encodeURIComponent(url)}`),
  )
  test.each([
    'https://youtube.com/',
    'https://notyoutube.com/watch?v=1',
    'https://youtube.com.evil.test/watch',
    'https://youtu.be/',
  ])('%s has none', (url) => expect(oEmbedUrl(new URL(url))).toBeUndefined())

  test('the answer becomes a preview, whatever types it has', () => {
    const json = (value: unknown) => Buffer.from(JSON.stringify(value))
    const video = {
      title: 'V',
      author_name: 'A',
      provider_name: 'YouTube',
      thumbnail_url: 'https://i.test/t.jpg',
      thumbnail_width: 480,
      thumbnail_height: 360,
    }
    expect(parseOEmbed(json(video), PAGE)).toEqual({
      type: 'video',
      title: 'V',
      description: 'A',
      site_name: 'YouTube',
      url: PAGE,
      images: [{ url: 'https://i.test/t.jpg', secure_url: '', type: '', width: 480, height: 360 }],
    })
    expect(
      parseOEmbed(json({ title: 'V', thumbnail_url: {}, thumbnail_width: 'x', author_name: [] }), PAGE),
    ).toMatchObject({ images: [] })
    for (const bad of [{}, { title: {} }, null, [], 'x', 3]) expect(parseOEmbed(json(bad), PAGE)).toBeUndefined()
    expect(parseOEmbed(Buffer.from('<html>'), PAGE)).toBeUndefined()
  })
})
