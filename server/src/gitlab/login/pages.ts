import type { Call } from '../../http/route.ts'

const TEXTS = {
  en: {
    failed: 'The sign-in failed',
    on: 'Continue',
    back: 'Back to the app',
    done: 'You are signed in',
    close: 'You can close this tab.',
  },
  ko: {
    failed: '로그인하지 못했습니다',
    on: '계속',
    back: '앱으로 돌아가기',
    done: '로그인했습니다',
    close: '이 탭은 닫아도 됩니다.',
  },
}

const textsOf = (locale: string) => (locale.toLowerCase().startsWith('ko') ? TEXTS.ko : TEXTS.en)

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

function page(locale: string, title: string, refresh: string, body: string): string {
  const lang = textsOf(locale) === TEXTS.ko ? 'ko' : 'en'
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${refresh}
<style>:root{color-scheme:light dark}
body{font:1rem/1.6 system-ui,sans-serif;max-width:28rem;margin:20vh auto 0;padding:0 1rem;text-align:center;
word-break:keep-all;overflow-wrap:anywhere}</style>
</head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>`
}

const refreshTo = (seconds: number, address: string): string =>
  `<meta http-equiv="refresh" content="${seconds}; url=${escapeHtml(address)}">`

/** Where people go after a page: `on` by themselves, `forward` at once, `back` to the app they came from. */
export interface NextPlace {
  readonly href: string
  readonly how: 'on' | 'forward' | 'back'
}

/** Says what went wrong. */
export function messagePage(locale: string, message: string, to: NextPlace): string {
  const { failed, on, back } = textsOf(locale)
  const link = `<p><a href="${escapeHtml(to.href)}">${to.how === 'back' ? back : on}</a></p>`
  return page(
    locale,
    failed,
    to.how === 'forward' ? refreshTo(0, to.href) : '',
    `<p role="alert">${escapeHtml(message)}</p>${link}`,
  )
}

/** Hands a finished sign-in over to the app on the phone, which waits at `address`. */
export function appPage(locale: string, address: string): string {
  const { done, back, close } = textsOf(locale)
  const body = `<p><a href="${escapeHtml(address)}">${back}</a></p><p>${close}</p>`
  return page(locale, done, refreshTo(2, address), body)
}

/** Sends a page that may load and run nothing and be shown in no frame. */
export function sendPage(reply: Call['reply'], status: number, html: string): void {
  void reply
    .code(status)
    .headers({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    })
    .send(html)
}
