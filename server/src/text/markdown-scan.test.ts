import { describe, expect, test } from 'vitest'

import { hostileInputs } from './hostile-inputs.ts'
import { findPermalinks, firstPreviewLink, imageUrls, parsePermalink, scanMarkdown } from './markdown-scan.ts'

const words = (message: string) => scanMarkdown(message).segments.join('|')
const links = (message: string) => scanMarkdown(message).links.map(({ kind, url }) => `${kind} ${url}`)

describe('plain text of a message', () => {
  test.each([
    ['', ''],
    ['hello @bob', 'hello @bob'],
    ['안녕하세요', '안녕하세요'],
    ['a `code` b', 'a | b'],
    ['a ``co`de`` b', 'a | b'],
    ['a `no end', 'a `no end'],
    ['a ``no` end', 'a ``no` end'],
    ['a `two\nlines` b', 'a | b'],
    ['a `no\n\nend` b', 'a `no|end` b'],
    ['\\`not code\\`', '`not code`'],
    ['`\\`code', 'code'],
    ['a\n```\ncode\n```\nb', 'a|b'],
    ['a\n```js\ncode', 'a'],
    ['~~~\ncode\n```\nstill\n~~~\nb', 'b'],
    ['````\n```\ncode\n````\nb', 'b'],
    ['```a`b\nnot fenced', '```a`b\nnot fenced'],
    ['    indented\nb', 'b'],
    ['\tindented\nb', 'b'],
    ['a\n    continued', 'a\ncontinued'],
    ['a\n\n    indented', 'a'],
    ['- a\n\n    still the item', 'a|still the item'],
    ['- a\n\n      code', 'a'],
    ['-     code', ''],
    ['1. a\n   ```\n   code\n   ```\n   b', 'a|b'],
    ['- ```\n  code\nout', 'out'],
    ['> a\n> ```\n> code\nout', 'a|out'],
    ['> ```\n> code\n> ```\n> b', 'b'],
    ['>     code', ''],
    ['# title `x` y', 'title | y'],
    ['see [the @bob page](http://x/@eve) now', 'see |the @bob page| now'],
    ['![alt text](http://x/y.png =100x50 "t") b', 'alt text| b'],
    ['[not a link] (x)', '[not a link] (x)'],
    ['[open](http://x', '[open]('],
    ['[ref][1]\n\n[1]: http://x', 'ref'],
    ['http://x.com/@bob.', '.'],
    ['<http://x.com/@bob> @eve', ' @eve'],
    ['@channel <3 you', '@channel <3 you'],
  ])('%j → %j', (message, expected) => {
    expect(words(message)).toBe(expected)
  })
})

describe('links of a message', () => {
  test.each<[string, string[]]>([
    ['see http://a.com/x?y=1#z.', ['autolink http://a.com/x?y=1#z']],
    ['(see https://a.com/(b)).', ['autolink https://a.com/(b)']],
    ['www.a.com, ftp://b.c', ['autolink http://www.a.com', 'autolink ftp://b.c']],
    ['xhttp://a.com', []],
    ['http:// nothing', []],
    ['링크:https://예.한국/길', ['autolink https://예.한국/길']],
    ['`http://a.com` http://b.com', ['autolink http://b.com']],
    ['<https://a.com/ b> <https://c.com/>', ['autolink https://a.com/', 'angle https://c.com/']],
    ['<me@a.com>', ['angle mailto:me@a.com']],
    ['[a](http://a.com) ![b](http://b.com/x.png)', ['link http://a.com', 'image http://b.com/x.png']],
    ['[![b](http://b.com/x.png)](http://a.com)', ['link http://a.com', 'image http://b.com/x.png']],
    ['[http://a.com](http://b.com)', ['link http://b.com']],
    ['[a [b](http://b.com)](http://a.com/)', ['link http://b.com', 'autolink http://a.com/']],
    ['[see http://a.com] http://b.com', ['autolink http://a.com', 'autolink http://b.com']],
    ['[a](<http://a.com/x y>)', ['link http://a.com/x y']],
    ['[a](http://a.com/(x)) b', ['link http://a.com/(x)']],
    ['![x][pic] [Pic][]\n\n[PIC]: http://a.com/p.png "t"', ['image http://a.com/p.png', 'link http://a.com/p.png']],
    ['\\[a](http://a.com)', ['autolink http://a.com']],
  ])('%j → %j', (message, expected) => {
    expect(links(message)).toEqual(expected)
  })

  test('the preview is made of the first bare or angled web link, images are listed apart', () => {
    const found = scanMarkdown(
      '[a](http://a.com) ![i](http://i.com) ![i](http://i.com) <http://b.com> http://c.com',
    ).links
    expect(firstPreviewLink(found)).toBe('http://b.com')
    expect(imageUrls(found)).toEqual(['http://i.com'])
    expect(firstPreviewLink(scanMarkdown('<mailto:a@b.c> ftp://x.y').links)).toBeNull()
  })
})

describe('permalinks', () => {
  const id = 'abcdefghijklmnopqrstuvwxy1'
  test.each<[string, string, { teamName: string; postId: string } | null]>([
    [`https://chat.example.com/dev/pl/${id}`, 'https://chat.example.com', { teamName: 'dev', postId: id }],
    [`https://Chat.Example.com/dev/pl/${id}/`, 'https://chat.example.com/', { teamName: 'dev', postId: id }],
    [`https://x.com/_redirect/pl/${id}?a=b`, 'https://x.com', { teamName: '_redirect', postId: id }],
    [`https://x.com/chat/dev/pl/${id}`, 'https://x.com/chat', { teamName: 'dev', postId: id }],
    [`https://x.com/CHAT/dev/pl/${id}`, 'https://x.com/chat', null],
    [`https://x.com.evil.org/dev/pl/${id}`, 'https://x.com', null],
    [`https://x.com/dev/pl/${id}2`, 'https://x.com', null],
    [`https://x.com/dev/more/pl/${id}`, 'https://x.com', null],
    [`/dev/pl/${id}`, '', null],
  ])('%s on %s', (url, site, expected) => {
    expect(parsePermalink(url, site)).toEqual(expected)
  })

  test('of all links of a message', () => {
    const message = `https://x.com/a/pl/${id} [b](https://x.com/b/pl/${id}) ![c](https://x.com/c/pl/${id})`
    expect(findPermalinks(scanMarkdown(message).links, 'https://x.com').map((link) => link.teamName)).toEqual([
      'a',
      'b',
    ])
  })
})

describe('hostile messages', () => {
  test('take time in proportion to their length', () => {
    // Four times the longest post: a quadratic scanner needs several seconds for one input, this one about 20 ms.
    for (const message of hostileInputs(65_536)) {
      const start = performance.now()
      scanMarkdown(message)
      expect(performance.now() - start, JSON.stringify(message.slice(0, 40))).toBeLessThan(1500)
    }
  })

  test('do not swallow what stands behind them', () => {
    for (const message of hostileInputs(400)) {
      if (/```|~~~/.test(message)) continue
      expect(scanMarkdown(`${message}\n\n\n# 끝 @last`).segments.at(-1)).toMatch(/끝 @last$/)
    }
  })
})
