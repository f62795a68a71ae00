import { expect, test } from 'vitest'
import { decodeHtml } from './charset.ts'

/** 한글, then 똠 and 샾, which only CP949 has, then a tag. */
const KOREAN = Uint8Array.of(0xc7, 0xd1, 0xb1, 0xdb, 0x8c, 0x63, 0x98, 0xde, 0x3c, 0x62, 0x3e)
const latin = (text: string) => Buffer.from(text, 'latin1')

test.each(['euc-kr', 'EUC-KR', '"ks_c_5601-1987"', 'cp949', "'MS949'", 'windows-949', 'x-windows-949'])(
  'Korean pages by header charset=%s',
  (charset) => expect(decodeHtml(KOREAN, `text/html;Charset=${charset}; x=y`)).toBe('한글똠샾<b>'),
)

test.each([
  '<meta charset=euc-kr>',
  '<META http-equiv="Content-Type" content="text/html; charset=euc-kr">',
  "<meta name=x><meta charset = 'cp949'/>",
  '<?xml version="1.0" encoding="euc-kr"?>',
])('Korean pages by %s', (meta) => {
  expect(decodeHtml(Buffer.concat([latin(meta), KOREAN]), 'text/html')).toBe(`${meta}한글똠샾<b>`)
})

test('a byte order mark beats the header, the header beats the page', () => {
  expect(decodeHtml(Buffer.from('\ufeff한'), 'text/html; charset=euc-kr')).toBe('한')
  expect(decodeHtml(Buffer.from('\ufeff한', 'utf16le'), 'text/html; charset=utf-8')).toBe('한')
  expect(decodeHtml(Buffer.from('<meta charset=euc-kr>한'), 'text/html; charset=utf-8')).toContain('한')
})

test('without a charset: UTF-8, Korean or Western by what the bytes are', () => {
  expect(decodeHtml(Buffer.from('한글').subarray(0, 5), '')).toMatch(/^한/)
  expect(decodeHtml(KOREAN.subarray(0, 4), '')).toBe('한글')
  expect(decodeHtml(latin('caf\xe9 cr\xe8me'), '')).toBe('café crème')
})

test('an unknown charset is ignored, a page readable as ASCII is not UTF-16', () => {
  expect(decodeHtml(Buffer.from('한'), 'text/html; charset=utf-7')).toBe('한')
  expect(decodeHtml(Buffer.from('한'), 'text/html; charset=iso-2022-kr')).toBe('한')
  expect(decodeHtml(Buffer.from('<meta charset=utf-16>한'), '')).toContain('한')
})

test('a broken pair does not swallow the markup after it', () => {
  const broken = Uint8Array.of(0xc7, 0x3c, 0x62, 0x3e, 0xff, 0x22, 0xc9)
  expect(decodeHtml(broken, 'text/html; charset=euc-kr')).toBe('\ufffd<b>\ufffd"\ufffd')
})
