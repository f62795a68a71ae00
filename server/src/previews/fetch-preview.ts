import { type GuardedFetchOptions, type ResponseHead, guardedFetch } from '../outgoing/guarded-fetch.ts'
import { type PostImage, imageSize, svgSize } from './image-size.ts'
import { oEmbedUrl, parseOEmbed } from './oembed.ts'
import { MAX_HTML_BYTES, type OpenGraph, parseOpenGraph } from './open-graph.ts'
import { isRestricted } from './restricted-domains.ts'

/** What a link shows below a post. */
export type LinkPreview =
  | { type: 'none' }
  | { type: 'image'; image: PostImage }
  | { type: 'opengraph'; openGraph: OpenGraph }

/** The settings previews depend on. */
export type LinkPreviewSettings = {
  /** ServiceSettings.RestrictLinkPreviews: domains without previews. */
  restrictLinkPreviews: string
  /** ServiceSettings.AllowedUntrustedInternalConnections. */
  allowedInternal: string
  /** ExperimentalSettings.LinkMetadataTimeoutMilliseconds. */
  timeoutMs: number
  /** ServiceSettings.EnableSVGs. */
  enableSvgs: boolean
  /** ServiceSettings.EnableInsecureOutgoingConnections. */
  insecureTls: boolean
  /** LocalizationSettings.DefaultServerLocale. */
  locale: string
  /** FileSettings.MaxImageResolution: pixels of a picture that clients may be asked to load. */
  maxImagePixels: number
}

export const NO_PREVIEW: LinkPreview = { type: 'none' }

/** A picture that says it is larger is none of ours. */
const MAX_IMAGE_BYTES = 50 * 1024 * 1024
/** Dimensions stand at the beginning, even behind large colour profiles and thumbnails. */
const IMAGE_HEAD_BYTES = 1024 * 1024
/** Frames of a GIF are counted as far as this. */
const GIF_HEAD_BYTES = 8 * 1024 * 1024
const OEMBED_BYTES = 64 * 1024

/**
 * Fetches what a link shows, as an anonymous visitor: a picture's size, a page's Open Graph data, or nothing. The address
 * comes from a member, so private networks are closed. Throws `OutgoingError`; `timeoutMs` bounds each request.
 */
export async function fetchPreview(url: URL, settings: LinkPreviewSettings): Promise<LinkPreview> {
  const video = await fetchOEmbed(url, settings)
  if (video) return { type: 'opengraph', openGraph: video }
  const response = await guardedFetch(url.href, {
    ...limitsOf(settings),
    headers: requestHeaders('image/*, text/html;q=0.8', settings),
    overflow: 'cut',
    maxBytes: (head) => bytesWanted(head, settings),
  })
  const type = mediaType(response)
  // A short link must not show what the administrator hid.
  if (!isWanted(response, settings) || isRestricted(new URL(response.url), settings.restrictLinkPreviews))
    return NO_PREVIEW
  if (!type.startsWith('image/')) {
    const openGraph = parseOpenGraph(response.body, response.headers['content-type'] ?? '', response.url)
    return openGraph ? { type: 'opengraph', openGraph } : NO_PREVIEW
  }
  const image = isSvg(type) ? svgSize(response.body) : imageSize(response.body)
  // An attacker could post a small file that declares 60,000 × 60,000 pixels and make every reader's app run out of memory.
  return image && image.width * image.height <= settings.maxImagePixels ? { type: 'image', image } : NO_PREVIEW
}

async function fetchOEmbed(url: URL, settings: LinkPreviewSettings): Promise<OpenGraph | undefined> {
  const address = oEmbedUrl(url)
  if (!address) return undefined
  const headers = requestHeaders('application/json', settings)
  const options = { ...limitsOf(settings), timeoutMs: settings.timeoutMs / 2, headers, maxBytes: OEMBED_BYTES }
  const answer = await guardedFetch(address, options).catch(() => undefined)
  return answer?.status === 200 ? parseOEmbed(answer.body, url.href) : undefined
}

function limitsOf(
  settings: LinkPreviewSettings,
): Pick<GuardedFetchOptions, 'trust' | 'allowedInternal' | 'timeoutMs' | 'insecureTls'> {
  const { allowedInternal, timeoutMs, insecureTls } = settings
  return { trust: 'member', allowedInternal, timeoutMs, insecureTls }
}

function requestHeaders(accept: string, settings: LinkPreviewSettings): Record<string, string> {
  return {
    accept,
    'accept-language': settings.locale,
    'user-agent': 'Mozilla/5.0 (compatible; Outpost link preview)',
  }
}

function bytesWanted(head: ResponseHead, settings: LinkPreviewSettings): number {
  if (!isWanted(head, settings)) return 0
  const type = mediaType(head)
  if (!type.startsWith('image/')) return MAX_HTML_BYTES
  return type === 'image/gif' ? GIF_HEAD_BYTES : IMAGE_HEAD_BYTES
}

function isWanted(head: ResponseHead, settings: LinkPreviewSettings): boolean {
  const type = mediaType(head)
  if (head.status < 200 || head.status > 299) return false
  if (type === 'text/html' || type === 'application/xhtml+xml') return true
  if (!type.startsWith('image/') || Number(head.headers['content-length'] ?? 0) > MAX_IMAGE_BYTES) return false
  return settings.enableSvgs || !isSvg(type)
}

function isSvg(type: string): boolean {
  return type.startsWith('image/svg')
}

function mediaType(head: ResponseHead): string {
  return (head.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
}
