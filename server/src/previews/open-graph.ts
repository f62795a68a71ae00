import { decodeHtml } from './charset.ts'
import { htmlTokens } from './html-tokens.ts'

/** A picture of a page, as clients read it. */
export type OpenGraphImage = { url: string; secure_url: string; type: string; width: number; height: number }

/** What a page says about itself, as clients read it in an embed of type `opengraph`. */
export type OpenGraph = {
  type: string
  title: string
  description: string
  site_name: string
  url: string
  images: OpenGraphImage[]
}

/** Bytes of a page that are read at most. */
export const MAX_HTML_BYTES = 1024 * 1024
const MAX_TEXT = 300
const MAX_URL = 2048
const MAX_IMAGES_READ = 50
/** Icons and counting pixels say nothing about a page. */
const MIN_IMAGE_SIDE = 40

/**
 * Reads the preview of an HTML page: Open Graph first, Twitter cards and plain HTML where it is silent. `pageUrl` is the
 * address after redirects. Undefined when the page has neither title, type nor address of its own. All addresses in the
 * result are absolute http(s); texts are at most 300 characters and `[...]`.
 */
export function parseOpenGraph(html: Uint8Array, contentType: string, pageUrl: string): OpenGraph | undefined {
  const found = new Map<string, string>()
  const images: OpenGraphImage[] = []
  for (const token of htmlTokens(decodeHtml(html.subarray(0, MAX_HTML_BYTES), contentType))) {
    if ('text' in token) remember(found, '#title', token.text)
    else {
      const content = token.attributes.get('content') ?? ''
      const name = (token.attributes.get('property') ?? token.attributes.get('name') ?? '').trim().toLowerCase()
      if (/^og:image\b/.test(name)) addImage(images, name, content, pageUrl)
      else remember(found, name, content)
    }
  }
  const first = (...names: string[]) => names.map((name) => found.get(name)).find(Boolean) ?? ''
  const title = first('og:title', 'twitter:title', '#title')
  const own = webAddress(first('og:url'), pageUrl)
  if (!title && !first('og:type') && !own) return undefined
  const twitterImage = webAddress(first('twitter:image', 'twitter:image:src'), pageUrl)
  if (images.length === 0 && twitterImage) images.push(imageAt(twitterImage))
  return cleanOpenGraph({
    type: first('og:type'),
    title,
    description: first('og:description', 'twitter:description', 'description'),
    site_name: first('og:site_name'),
    url: own || pageUrl,
    images,
  })
}

/** Brings a preview within its limits: cleaned and cut texts, http(s) addresses, only the largest suitable picture. */
export function cleanOpenGraph(raw: OpenGraph): OpenGraph {
  return {
    type: cutText(raw.type),
    title: cutText(raw.title),
    description: cutText(raw.description),
    site_name: cutText(raw.site_name),
    url: webAddress(raw.url),
    images: largestImage(raw.images),
  }
}

/** An absolute http(s) address of at most 2048 characters without credentials, or an empty string. */
export function webAddress(text: string, base?: string): string {
  const url = text.trim() === '' || text.length > MAX_URL ? null : URL.parse(text.trim(), base)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return ''
  return url.href.length > MAX_URL ? '' : url.href
}

/** A picture of unknown size. */
export function imageAt(url: string): OpenGraphImage {
  return { url, secure_url: '', type: '', width: 0, height: 0 }
}

function remember(found: Map<string, string>, name: string, content: string): void {
  // Only names we look up are kept: a page may hold a hundred thousand others.
  if (!/^(og:|twitter:|description$|#title$)/.test(name) || found.size > 200) return
  if (content.trim() !== '' && !found.has(name)) found.set(name, content)
}

/** `og:image` starts a picture, `og:image:width` and the like describe the last one. */
function addImage(images: OpenGraphImage[], name: string, content: string, pageUrl: string): void {
  const part = name.slice('og:image'.length)
  const last = images.at(-1)
  const address = webAddress(content, pageUrl)
  if (part === '' || (part === ':url' && last?.url !== address)) {
    // A refused address still takes its place, so that its sizes are not given to the picture before it.
    if (images.length < MAX_IMAGES_READ) images.push(imageAt(address))
  } else if (!last) {
    if (part === ':secure_url') images.push({ ...imageAt(address), secure_url: address })
  } else if (part === ':secure_url') last.secure_url = address
  else if (part === ':type') last.type = cutText(content).slice(0, 100)
  else if (part === ':width') last.width = pixels(content)
  else if (part === ':height') last.height = pixels(content)
}

/** Pages write `1200`, `1200px`, `1200.0`; anything else counts as unknown. */
function pixels(text: string): number {
  const value = Number(/^\s*(\d{1,6})(?:\.\d+)?\s*(?:px)?\s*$/i.exec(text.slice(0, 20))?.[1] ?? 0)
  return value <= 100_000 ? value : 0
}

function largestImage(images: OpenGraphImage[]): OpenGraphImage[] {
  const usable = images
    .map((image) => ({ ...image, url: webAddress(image.url), secure_url: webAddress(image.secure_url) }))
    .map((image) => ({
      ...image,
      url: image.url || image.secure_url,
      secure_url: image.secure_url.startsWith('https:') ? image.secure_url : '',
    }))
    .filter((image) => image.url !== '')
  const suitable = usable.filter(
    ({ width, height }) => !width || !height || (width >= MIN_IMAGE_SIDE && height >= MIN_IMAGE_SIDE),
  )
  const largest = suitable.reduce<OpenGraphImage | undefined>(
    (best, image) => (best && best.width * best.height >= image.width * image.height ? best : image),
    undefined,
  )
  return largest ? [largest] : []
}

/** Whitespace folded, NUL and broken surrogates gone (PostgreSQL refuses both in JSON), 300 characters at most. */
function cutText(text: string): string {
  // Cut roughly first: the folding below must not run over a megabyte.
  const folded = text
    .slice(0, 20_000)
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex -- control characters are what is being removed
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const characters = [...folded]
  return characters.length > MAX_TEXT ? `${characters.slice(0, MAX_TEXT).join('')}[...]` : folded
}
