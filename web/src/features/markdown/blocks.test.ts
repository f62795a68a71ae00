import { describe, expect, test } from 'vitest'
import { outline } from './outline.fixture.ts'

const cases = (rows: [string, string][]): void => {
  test.each(rows)('%j', (text, expected) => expect(outline(text)).toBe(expected))
}

describe('paragraphs and lines', () => {
  cases([
    ['', ''],
    [' \n\n ', ''],
    ['a\nb', '<p>a<br>b</p>'],
    ['a  \r\nb\rc', '<p>a<br>b<br>c</p>'],
    ['a\n\n\nb', '<p>a</p><p>b</p>'],
    ['  a\n    b', '<p>a<br>b</p>'],
    ['a\\\nb', '<p>a<br>b</p>'],
    ['---', '<hr>'],
    ['* * *\na\n\n___', '<hr><p>a</p><hr>'],
    ['<b>x</b> <script>alert(1)</script>', '<p><b>x</b> <script>alert(1)</script></p>'],
    ['<div>\n\n*a*\n</div>', '<p><div></p><p><emphasis>a</emphasis><br></div></p>'],
  ])
})

describe('headings', () => {
  cases([
    ['# a', '<h1>a</h1>'],
    ['###### a *b* ##', '<h6>a <emphasis>b</emphasis></h6>'],
    ['## C#', '<h2>C#</h2>'],
    ['#', '<p>#</p>'],
    ['#1', '<p>#1</p>'],
    ['#abc', '<p><tag>#abc</tag></p>'],
    ['####### a', '<p>####### a</p>'],
    ['# #태그', '<h1><tag>#태그</tag></h1>'],
    ['a\n# b\nc', '<p>a</p><h1>b</h1><p>c</p>'],
    ['title\n===\nnext', '<h1>title</h1><p>next</p>'],
    ['intro\ntitle\n---', '<p>intro</p><h2>title</h2>'],
    ['a\n-', '<p>a<br>-</p>'],
    ['a\n=', '<p>a<br>=</p>'],
  ])
})

describe('quotes', () => {
  cases([
    ['> a\n> b', '<quote><p>a<br>b</p></quote>'],
    ['>a\nlazy\n\nout', '<quote><p>a<br>lazy</p></quote><p>out</p>'],
    ['> a\n> > b\n> c', '<quote><p>a</p><quote><p>b<br>c</p></quote></quote>'],
    ['> # a\nb', '<quote><h1>a</h1></quote><p>b</p>'],
    ['> ```\n> x\nout', '<quote><pre>x</pre></quote><p>out</p>'],
    ['>\n> a', '<quote><p>a</p></quote>'],
    ['> - a\n> - b', '<quote><ul><li><p>a</p></li><li><p>b</p></li></ul></quote>'],
    ['a\n> b', '<p>a</p><quote><p>b</p></quote>'],
    ['> 인용\n\n답', '<quote><p>인용</p></quote><p>답</p>'],
  ])
})

describe('lists', () => {
  cases([
    ['- a\n- b', '<ul><li><p>a</p></li><li><p>b</p></li></ul>'],
    ['* a\n+ b', '<ul><li><p>a</p></li><li><p>b</p></li></ul>'],
    ['3. a\n9. b', '<ol 3><li><p>a</p></li><li><p>b</p></li></ol>'],
    ['1) a', '<ol 1><li><p>a</p></li></ol>'],
    ['1234567890. a', '<p>1234567890. a</p>'],
    ['- a\n\n- b', '<ul loose><li><p>a</p></li><li><p>b</p></li></ul>'],
    [
      '- a\n  - b\n    - c\n- d',
      '<ul><li><p>a</p><ul><li><p>b</p><ul><li><p>c</p></li></ul></li></ul></li><li><p>d</p></li></ul>',
    ],
    ['1. a\n  - b\n2. c', '<ol 1><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ol>'],
    ['- a\n\n  b', '<ul loose><li><p>a</p><p>b</p></li></ul>'],
    ['- a\nlazy', '<ul><li><p>a<br>lazy</p></li></ul>'],
    ['a\n- b', '<p>a</p><ul><li><p>b</p></li></ul>'],
    ['-a', '<p>-a</p>'],
    ['-\n- b', '<ul><li></li><li><p>b</p></li></ul>'],
    ['-\ta', '<ul><li><p>a</p></li></ul>'],
    ['1. a\n\n   ```\n   x\n   ```\n2. b', '<ol 1 loose><li><p>a</p><pre>x</pre></li><li><p>b</p></li></ol>'],
    ['- > a', '<ul><li><quote><p>a</p></quote></li></ul>'],
    ['- # a', '<ul><li><h1>a</h1></li></ul>'],
    ['1. a\n- b', '<ol 1><li><p>a</p></li></ol><ul><li><p>b</p></li></ul>'],
    [
      '- [ ] a\n- [x] b\n- [X] c\n- [y] d',
      '<ul><li o><p>a</p></li><li x><p>b</p></li><li x><p>c</p></li><li><p>[y] d</p></li></ul>',
    ],
    ['- [ ]', '<ul><li><p>[ ]</p></li></ul>'],
    ['- [ ] *a*\n  - [x] b', '<ul><li o><p><emphasis>a</emphasis></p><ul><li x><p>b</p></li></ul></li></ul>'],
  ])
})

describe('code', () => {
  cases([
    ['```\na\n\n  b\n```\nc', '<pre>a\n\n  b</pre><p>c</p>'],
    ['```js\nx', '<pre js>x</pre>'],
    ['~~~ c++ title\n```\n~~~', '<pre c++>```</pre>'],
    ['````\n```\n````', '<pre>```</pre>'],
    ['```a`b\nc', '<p>```a`b<br>c</p>'],
    ['  ```\n   a\n  ```', '<pre> a</pre>'],
    ['    a\n\n    b\nc', '<pre>a\n\nb</pre><p>c</p>'],
    ['\ta\n\t\tb', '<pre>a\n    b</pre>'],
    ['a\n    b', '<p>a<br>b</p>'],
    ['-     a', '<ul><li><pre>a</pre></li></ul>'],
    ['- a\n\n      b', '<ul loose><li><p>a</p><pre>b</pre></li></ul>'],
    ['a\n```\nb\n```', '<p>a</p><pre>b</pre>'],
    ['```\n# @all :smile: <b>\n```', '<pre># @all :smile: <b></pre>'],
  ])
})

describe('tables', () => {
  cases([
    ['|a|b|\n|-|-|\n|1|2|', '<table -->a|b/1|2</table>'],
    ['a | b | c\n:- | -: | :-:\n1 | 2', '<table lrc>a|b|c/1|2</table>'],
    ['|a|\n|-|\n|1|2|3|', '<table ->a/1|2|3</table>'],
    ['| a | b |\n| - |', '<p>| a | b |<br>| - |</p>'],
    ['|a|b|\n|-|-|\n|x\\|y|`c`|\nend', '<table -->a|b/x|y|<code>c</code></table><p>end</p>'],
    ['intro\n|a|b|\n|-|-|', '<p>intro</p><table -->a|b</table>'],
    ['|a|b|\n|-|-|\n> q | r', '<table -->a|b</table><quote><p>q | r</p></quote>'],
    [
      '|**이름**|@anna|\n|:--|--:|\n||~dev|',
      '<table lr><strong>이름</strong>|<at>anna</at>/|<channel>dev</channel></table>',
    ],
  ])
})

describe('link definitions', () => {
  cases([
    ['[a]\n\n[a]: http://x "t"', '<p><a http://x "t">a</a></p>'],
    ['[A  b][]\n\n[a B]: <http://x>', '<p><a http://x>A  b</a></p>'],
    ['[text][a] ![alt][a]\n\n[a]: http://x', '<p><a http://x>text</a> <img http://x alt></p>'],
    ['[a]: http://x\n[a]: http://y\n[a]', '<p><a http://x>a</a></p>'],
    ['[note]: see there', '<p>[note]: see there</p>'],
    ['[a]: http://x', '<p>[a]: <a http://x>http://x</a></p>'],
    ['[__proto__]\n\n[b]: http://x', '<p>[<strong>proto</strong>]</p>'],
  ])
})
