import type { MailContent, Recipient } from './mail.ts'
import { mailTextsFor } from './mail-texts.ts'

/** Both forms of a mail's body. */
export interface MailBody {
  readonly text: string
  readonly html: string
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replaceAll('\n', '<br>')

/** Puts the frame around a mail's content. Reads well without pictures, styles and HTML. */
export function mailBody(
  content: MailContent,
  recipient: Recipient,
  site: { readonly name: string; readonly url: string; readonly supportEmail: string },
): MailBody {
  const texts = mailTextsFor(recipient.locale)
  const { lines, quote = '', action, footer } = content
  const hello = recipient.username ? [texts.hello(recipient.username)] : []
  const help = site.supportEmail ? [texts.help(site.supportEmail)] : []
  const signature = site.url ? `${site.name} · ${site.url}` : site.name
  const paragraphs = [...hello, ...lines]
  const plain = [
    ...paragraphs,
    ...(quote ? [quote.replaceAll(/^/gm, '> ')] : []),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    footer,
    ...help,
    `-- \n${signature}`,
  ]
  return { text: `${plain.join('\n\n')}\n`, html: html(content.subject, recipient.locale, parts()) }

  function parts(): string[] {
    const small = 'font-size:14px;opacity:0.75'
    return [
      ...paragraphs.map((line) => `<p>${escapeHtml(line)}</p>`),
      ...(quote
        ? [
            `<blockquote style="margin:0;padding-left:12px;border-left:3px solid #8c959f">${escapeHtml(quote)}</blockquote>`,
          ]
        : []),
      ...(action ? [button(action)] : []),
      ...[footer, ...help, signature].map((line) => `<p style="${small}">${escapeHtml(line)}</p>`),
    ]
  }
}

/** A link that looks like a button, and the address itself for programs that show none. */
function button({ label, url }: { label: string; url: string }): string {
  const href = escapeHtml(url)
  const look =
    'display:inline-block;padding:10px 18px;border-radius:6px;background:#1f5fa8;color:#ffffff;text-decoration:none'
  return `<p><a href="${href}" style="${look}">${escapeHtml(label)}</a></p>
<p style="font-size:13px;word-break:break-all"><a href="${href}">${href}</a></p>`
}

function html(title: string, locale: string, parts: readonly string[]): string {
  const lang = locale.toLowerCase().startsWith('ko') ? 'ko' : 'en'
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title></head>
<body style="margin:0;padding:24px 16px;font:16px/1.6 system-ui,-apple-system,'Segoe UI','Malgun Gothic',sans-serif">
<div style="max-width:36rem;margin:0 auto;word-break:keep-all;overflow-wrap:anywhere">
${parts.join('\n')}
</div></body></html>
`
}
