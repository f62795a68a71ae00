import { describe, expect, test } from 'vitest'
import { outline } from './outline.fixture.ts'

const cases = (rows: [string, string][], dialect = { inlineLatex: false, urlSchemes: [] as string[] }): void => {
  test.each(rows)('%j', (text, expected) => expect(outline(text, dialect).slice(3, -4)).toBe(expected))
}

describe('emphasis', () => {
  cases([
    ['*a* _b_', '<emphasis>a</emphasis> <emphasis>b</emphasis>'],
    ['**a** __b__', '<strong>a</strong> <strong>b</strong>'],
    ['***a***', '<emphasis><strong>a</strong></emphasis>'],
    ['**a *b* c**', '<strong>a <emphasis>b</emphasis> c</strong>'],
    ['***a** b*', '<emphasis><strong>a</strong> b</emphasis>'],
    ['~~a~~ ~ b~ ~~~~c~~~~', '<strike>a</strike> ~ b~ ~~~~c~~~~'],
    ['~~**a** b~~', '<strike><strong>a</strong> b</strike>'],
    ['snake_case_name a_b', 'snake_case_name a_b'],
    ['한글_밑줄_이름', '한글_밑줄_이름'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['a*b*c', 'a<emphasis>b</emphasis>c'],
    ['**강조**는', '<strong>강조</strong>는'],
    ['**“인용”**은', '<strong>“인용”</strong>은'],
    ['그는 **`코드`**를', '그는 <strong><code>코드</code></strong>를'],
    ['**a', '**a'],
    ['*a**', '<emphasis>a</emphasis>*'],
    ['** a **', '** a **'],
    ['*a\nb*', '<emphasis>a<br>b</emphasis>'],
    ['\\*a\\* \\_ \\a', '*a* _ \\a'],
    ['*a `*` b*', '<emphasis>a <code>*</code> b</emphasis>'],
    ['*[a*](http://x)', '*<a http://x>a*</a>'],
  ])
})

describe('inline code', () => {
  cases([
    ['`a *b* :smile: @all`', '<code>a *b* :smile: @all</code>'],
    ['`` a`b ``', '<code>a`b</code>'],
    ['`a', '`a'],
    ['`a\nb`', '<code>a b</code>'],
    ['` `', '<code> </code>'],
    ['\\`a`', '`a`'],
  ])
})

describe('links', () => {
  cases([
    ['[a](http://x "t")', '<a http://x "t">a</a>'],
    ['[a](<http://x/a b>)', '<a http://x/a b>a</a>'],
    ['[a *b*](http://x/(y))', '<a http://x/(y)>a <emphasis>b</emphasis></a>'],
    ['[a](http://x', '[a](<a http://x>http://x</a>'],
    ['[a] (b)', '[a] (b)'],
    ['[](http://x)', '<a http://x></a>'],
    ['[a [b](http://y)](http://x)', '[a <a http://y>b</a>](<a http://x>http://x</a>)'],
    ['[http://y](http://x)', '<a http://x>http://y</a>'],
    ['[@anna #tag ~dev :a: a@b.com](http://x)', '<a http://x><at>anna</at> #tag ~dev <emoji>a</emoji> a@b.com</a>'],
    ['[![i](/i.png)](http://x)', '<a http://x><img /i.png i></a>'],
    ['http://x.com/a_b_c?d=1&e=*2*.', '<a http://x.com/a_b_c?d=1&e=*2>http://x.com/a_b_c?d=1&e=*2</a>*.'],
    ['(https://x.com/(a))', '(<a https://x.com/(a)>https://x.com/(a)</a>)'],
    ['www.x.com, ftp://a.b', '<a http://www.x.com>www.x.com</a>, <a ftp://a.b>ftp://a.b</a>'],
    ['xhttp://a.com http://', 'xhttp://a.com http://'],
    ['mailto:a@b.c tel:+821012345678', '<a mailto:a@b.c>mailto:a@b.c</a> <a tel:+821012345678>tel:+821012345678</a>'],
    ['anna.b+c@mail.example.com님', '<a mailto:anna.b+c@mail.example.com>anna.b+c@mail.example.com</a>님'],
    [
      '<https://x.com/a b> <https://x.com> <a@b.c>',
      '<<a https://x.com/a>https://x.com/a</a> b> <a https://x.com>https://x.com</a> <a mailto:a@b.c>a@b.c</a>',
    ],
    ['링크:https://예.한국/길', '링크:<a https://예.한국/길>https://예.한국/길</a>'],
    ['**https://x.com**', '<strong><a https://x.com>https://x.com</a></strong>'],
    ['git+ssh://a', 'git+ssh://a'],
  ])

  describe('with schemes of the server', () => {
    cases([['git+ssh://a zoommtg://b', '<a git+ssh://a>git+ssh://a</a> zoommtg://b']], {
      inlineLatex: false,
      urlSchemes: ['git+ssh', 'bad scheme('],
    })
  })
})

describe('images', () => {
  cases([
    ['![a](/x.png)', '<img /x.png a>'],
    ['![a](/x.png =100x50)', '<img /x.png a 100x50>'],
    ['![a](/x.png =100)', '<img /x.png a 100x0>'],
    ['![](/x.png =x50 "t")', '<img /x.png 0x50 "t">'],
    ['![*a* `b` :c: ![d](e)](/x.png)', '<img /x.png a b :c: d>'],
    ['![a](/x.png =100y)', '![a](/x.png =100y)'],
  ])
})

describe('names', () => {
  cases([
    ['@anna @Bob.Kim-1_2 (@all) @here!', '<at>anna</at> <at>Bob.Kim-1_2</at> (<at>all</at>) <at>here</at>!'],
    ['@gildong님 @anna.', '<at>gildong</at>님 <at>anna.</at>'],
    ['a@anna 홍@anna @@anna @ @.', 'a@anna 홍@anna @@anna @ @.'],
    ['@anna:remote.org', '<at>anna:remote.org</at>'],
    ['*@anna* **@bob**', '<emphasis><at>anna</at></emphasis> <strong><at>bob</at></strong>'],
    ['\\@anna', '@anna'],
    ['~dev ~Off-Topic. a~b', '<channel>dev</channel> <channel>Off-Topic.</channel> a~b'],
    ['a ~~~dev~~', 'a <strike><channel>dev</channel></strike>'],
    ['#tag ##두개 #a1-b_c. #1 a#b &#x /#y', '<tag>#tag</tag> <tag>#두개</tag> <tag>#a1-b_c</tag>. #1 a#b &#x /#y'],
    ['#해시태그,#다음', '<tag>#해시태그</tag>,<tag>#다음</tag>'],
    ['\\#tag', '#tag'],
  ])
})

describe('emoji', () => {
  cases([
    [':smile: :+1: :-1: :no such:', '<emoji>smile</emoji> <emoji>+1</emoji> <emoji>-1</emoji> :no such:'],
    [':a_b_c: _:x:_', '<emoji>a_b_c</emoji> <emphasis><emoji>x</emoji></emphasis>'],
    ['👍🏽 1 © ❤️ 🇰🇷 👩‍💻', '<emoji>👍🏽</emoji> 1 © <emoji>❤️</emoji> <emoji>🇰🇷</emoji> <emoji>👩‍💻</emoji>'],
    [
      ":) 안녕:D <3 </3 ;-) :'(",
      '<emoji>slightly_smiling_face</emoji> 안녕<emoji>smile</emoji> <emoji>heart</emoji> <emoji>broken_heart</emoji> <emoji>wink</emoji> <emoji>cry</emoji>',
    ],
    ['a:) 10:30s C:/x http:/ x-day :data', 'a:) 10:30s C:/x http:/ x-day :data'],
    ['\\:) `:)`', ':) <code>:)</code>'],
    ['¯\\\\\\_(ツ)\\_/¯', '¯\\_(ツ)_/¯'],
  ])
})

describe('entities are text', () => {
  cases([
    ['&lt;b&gt; &amp; &#39;&#x27;', "<b> & ''"],
    ['&#64;anna &#42;a&#42;', '@anna *a*'],
    ['&nosuch; &#0; &#xd800;', '&nosuch; \ufffd \ufffd'],
    ['&constructor;', '&constructor;'],
  ])
})

describe('formulas', () => {
  cases(
    [
      ['$x^2$ a', '<latex>x^2</latex> a'],
      ['$a_1*b_2*$', '<latex>a_1*b_2*</latex>'],
      ['값은 $x$입니다', '값은 <latex>x</latex>입니다'],
      ['costs $5 and $6', 'costs $5 and $6'],
      ['$ a $ b$c$', '$ a $ b$c$'],
      ['\\$a$ $$a$$', '$a$ $$a$$'],
      ['`$a$`', '<code>$a$</code>'],
    ],
    { inlineLatex: true, urlSchemes: [] },
  )
  test('are text while the server has them off', () => expect(outline('$*a*$')).toBe('<p>$<emphasis>a</emphasis>$</p>'))
})
