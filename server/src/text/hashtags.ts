import { scanMarkdown } from './markdown-scan.ts'
import { runes } from './slugs.ts'

/** Characters the column Posts.Hashtags takes. */
const LIMIT = 1000

/**
 * `#` after no word character, a letter, then letters, digits and `-_.`. Marks belong to letters: without them no tag
 * in Hindi or Thai could be written. Several `#` count as one.
 */
const HASHTAG = /(?<![\p{L}\p{M}\p{Nd}_#/&])#+(\p{L}[\p{L}\p{M}\p{Nd}\-_.]*)/gu

/**
 * The hashtags of a message, separated by blanks, as stored with the post. A tag counts from `minimumLength`
 * characters, `#` included. Cut at whole tags to 1000 characters. Code and link targets hold no tags.
 */
export function parseHashtags(message: string, minimumLength = 3): string {
  if (!message.includes('#')) return ''
  const tags: string[] = []
  let length = -1
  for (const segment of scanMarkdown(message).segments) {
    for (const found of segment.matchAll(HASHTAG)) {
      const tag = `#${found[1]!.replace(/(?<![-_.])[-_.]+$/, '')}`
      const size = runes(tag)
      if (size < minimumLength) continue
      if (length + 1 + size > LIMIT) return tags.join(' ')
      length += 1 + size
      tags.push(tag)
    }
  }
  return tags.join(' ')
}
