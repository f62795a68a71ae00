import { splitBlocks } from './markdown-blocks.ts'
import { scanInline } from './markdown-inline.ts'
import type { InlinePiece, MarkdownLink } from './markdown-inline.ts'

export type { LinkKind, MarkdownLink } from './markdown-inline.ts'

/** What a message says in words, and where it points. Both in the order of the message. */
export type MarkdownScan = { segments: string[]; links: MarkdownLink[] }

/** Signs that a message holds code or links. Without any of them it is one plain segment. */
const NEEDS_SCAN = /[`[<\\\t]|~~~| {4}|:\/\/|www\.|mailto:|tel:/i

/**
 * Finds the plain text of a message outside inline, fenced and indented code and outside link targets, and its links.
 * Text of links and alternative text of images counts as plain text. Linear in the length of the message.
 */
export function scanMarkdown(message: string): MarkdownScan {
  if (!NEEDS_SCAN.test(message)) return { segments: message === '' ? [] : [message], links: [] }
  const { blocks, references } = splitBlocks(message)
  const segments: string[] = []
  const links: MarkdownLink[] = []
  for (const block of blocks) {
    if (block.kind === 'code') continue
    const inline = scanInline(block.text, references)
    addSegments(segments, inline.pieces)
    for (const link of inline.links) links.push(link)
  }
  return { segments, links }
}

function addSegments(segments: string[], pieces: readonly InlinePiece[]): void {
  let current = ''
  for (const piece of pieces) {
    if (piece.kind === 'text' || piece.kind === 'escaped') {
      current += piece.text
      continue
    }
    if (current !== '') segments.push(current)
    current = ''
  }
  if (current !== '') segments.push(current)
}

/**
 * The link a preview is made of: the first bare or `<…>` link to a web page, null if there is none. Links with a
 * text of their own get no preview: their author chose what is to be seen.
 */
export function firstPreviewLink(links: readonly MarkdownLink[]): string | null {
  const link = links.find(({ kind, url }) => (kind === 'autolink' || kind === 'angle') && /^https?:\/\//i.test(url))
  return link ? link.url : null
}

/** Addresses of the markdown images of a message, each once, in order. */
export function imageUrls(links: readonly MarkdownLink[]): string[] {
  return [...new Set(links.filter(({ kind }) => kind === 'image').map(({ url }) => url))]
}

/** A link to a post of this site. `teamName` is `_redirect` for links that leave the team to the client. */
export type Permalink = { teamName: string; postId: string }

/**
 * Reads `<siteURL>/<team>/pl/<post id>` and `<siteURL>/_redirect/pl/<post id>`; null for any other address. Query and
 * fragment are ignored; scheme and host compare without case.
 */
export function parsePermalink(url: string, siteURL: string): Permalink | null {
  const site = siteURL.replace(/\/+$/, '')
  if (site === '' || !sameSite(url, site)) return null
  const path = /^\/(_redirect|[a-z0-9][a-z0-9_-]{0,63})\/pl\/([a-z0-9]{26})\/?(?:[?#].*)?$/i.exec(
    url.slice(site.length),
  )
  return path ? { teamName: path[1]!.toLowerCase(), postId: path[2]! } : null
}

/** All permalinks of a message's links (images excepted) in order. */
export function findPermalinks(links: readonly MarkdownLink[], siteURL: string): Permalink[] {
  const found: Permalink[] = []
  for (const { kind, url } of links) {
    const permalink = kind === 'image' ? null : parsePermalink(url, siteURL)
    if (permalink) found.push(permalink)
  }
  return found
}

function sameSite(url: string, site: string): boolean {
  const origin = /^[a-z]+:\/\/[^/]*/i.exec(site)?.[0].length ?? 0
  return (
    url.slice(0, origin).toLowerCase() === site.slice(0, origin).toLowerCase() &&
    url.slice(origin, site.length) === site.slice(origin)
  )
}
