import { findEmoticons } from '../emoji/emoticons.ts'
import type { Inline, Link, Token } from './ast.ts'

/**
 * Names in plain text, as the server's mentions.ts and hashtags.ts see them, mail addresses and emoji characters. A name
 * ends at the first letter outside a-z: Korean puts particles right behind names. Every alternative starts with its own
 * character, or is bounded, so that the search stays linear.
 */
const TOKEN = new RegExp(
  [
    String.raw`(?<mail>(?<![\w.%+\-])[a-z0-9][\w.%+\-]{0,63}@[a-z0-9](?:[a-z0-9\-]{0,62}\.)+[a-z]{2,24}(?![\w@\-]))`,
    String.raw`@(?<![\p{L}\p{M}\p{Nd}_@]@)(?<mention>[a-z0-9._\-]*[a-z0-9][a-z0-9._\-]*(?::[a-z0-9._\-]*[a-z0-9])?)`,
    String.raw`~(?<![\w~]~)(?<channel>[a-z0-9._\-]*[a-z0-9][a-z0-9._\-]*)`,
    String.raw`#(?<![\p{L}\p{M}\p{Nd}_#\/&]#)#*(?<hashtag>\p{L}[\p{L}\p{M}\p{Nd}\-_.]*)`,
    String.raw`(?<emoji>\p{RGI_Emoji})`,
  ].join('|'),
  'gvi',
)

/** Cuts a text into words and names. Inside a link only mentions and emoji count: the rest would be links in a link. */
export function findTokens(text: string, inLink: boolean): Inline[] {
  const found: Inline[] = []
  let from = 0
  const plain = (to: number): void => {
    if (to > from) found.push(...findEmoticons(text.slice(from, to)))
  }
  for (const match of text.matchAll(TOKEN)) {
    const token = tokenOf(match[0], match.groups!)
    if (inLink && token.type !== 'mention' && token.type !== 'emoji') continue
    const raw = token.type === 'link' ? match[0] : token.raw
    plain(match.index)
    found.push(token)
    from = match.index + raw.length
  }
  plain(text.length)
  return found
}

function tokenOf(raw: string, groups: Record<string, string | undefined>): Token | Link {
  const { mail, mention, channel, hashtag } = groups
  if (mail !== undefined) return autoLink(mail, `mailto:${mail}`)
  if (mention !== undefined) return { type: 'mention', name: mention, raw }
  if (channel !== undefined) return { type: 'channel', name: channel, raw }
  if (hashtag === undefined) return { type: 'emoji', name: '', raw }
  const tag = hashtag.replace(/(?<![-_.])[-_.]+$/, '')
  return { type: 'hashtag', tag: `#${tag}`, raw: raw.slice(0, raw.length - hashtag.length + tag.length) }
}

/** A link whose text is its address. */
export function autoLink(text: string, url: string): Link {
  return { type: 'link', url, title: '', auto: true, children: [{ type: 'text', value: text }] }
}
