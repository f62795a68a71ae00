import { type OpenGraph, cleanOpenGraph, imageAt } from './open-graph.ts'

const YOUTUBE_HOST = /^(?:(?:www|m|music)\.)?youtube\.com$/
const YOUTUBE_PATH = /^\/(?:watch$|playlist$|shorts\/|live\/)/

/**
 * Where YouTube describes a video as oEmbed JSON; undefined for other addresses. The video's own page answers servers
 * with a consent form instead of its Open Graph tags.
 */
export function oEmbedUrl(url: URL): string | undefined {
  const page = YOUTUBE_HOST.test(url.hostname) && YOUTUBE_PATH.test(url.pathname)
  const short = url.hostname === 'youtu.be' && url.pathname.length > 1
  if (!page && !short) return undefined
  return `https://www.youtube.com/oembed?format=json&url=${encodeURIComponent(url.href)}`
}

/** The preview in an oEmbed answer for `pageUrl`; undefined when it is not JSON with a title. */
export function parseOEmbed(json: Uint8Array, pageUrl: string): OpenGraph | undefined {
  const data = parseObject(json)
  const title = textOf(data['title'])
  if (!title) return undefined
  const picture = imageAt(textOf(data['thumbnail_url']))
  return cleanOpenGraph({
    type: 'video',
    title,
    description: textOf(data['author_name']),
    site_name: textOf(data['provider_name']),
    url: pageUrl,
    images: [{ ...picture, width: sizeOf(data['thumbnail_width']), height: sizeOf(data['thumbnail_height']) }],
  })
}

/** A JSON value that should be text; anything else is empty. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A JSON value that should be a size in pixels; anything else is 0, which clients read as unknown. */
export function sizeOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= 100_000 ? value : 0
}

/** The fields of a JSON object, or none. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function parseObject(json: Uint8Array): Record<string, unknown> {
  try {
    return fieldsOf(JSON.parse(new TextDecoder().decode(json)))
  } catch {
    return {}
  }
}
