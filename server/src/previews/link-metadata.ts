import { OutgoingError } from '../outgoing/outgoing-error.ts'
import { type LinkPreview, type LinkPreviewSettings, NO_PREVIEW, fetchPreview } from './fetch-preview.ts'
import { fieldsOf, sizeOf, textOf } from './oembed.ts'
import { cleanOpenGraph, webAddress } from './open-graph.ts'
import { isRestricted } from './restricted-domains.ts'
import { QueueFullError, createSlots } from './slots.ts'

/** A row of table linkmetadata: what `url` showed in the hour that began at `timestamp` (ms). */
export type LinkMetadataRow = { hash: number; url: string; timestamp: number; type: string; data: unknown }

/** The table linkmetadata. `put` replaces a row with the same hash. */
export type LinkMetadataStore = {
  get(hash: number, url: string, timestamp: number): Promise<LinkMetadataRow | undefined>
  put(row: LinkMetadataRow): Promise<void>
}

/** Everything previews need from outside. */
export type LinkPreviewsParts = {
  settings: () => LinkPreviewSettings
  store: LinkMetadataStore
  /** Told of failures of the store and of unexpected ones; not of unreachable pages, which are everyday. */
  onError: (error: unknown) => void
  fetch?: (url: URL, settings: LinkPreviewSettings) => Promise<LinkPreview>
  now?: () => number
  /** Requests at the same time; default 8. */
  concurrency?: number
}

/** Finds previews of links. */
export type LinkPreviews = {
  /**
   * What `url` shows, or showed in the hour of `at` (ms, the post's create_at; default now). Never rejects and answers
   * within LinkMetadataTimeoutMilliseconds: `none` when it takes longer, while the work goes on for the next asker.
   */
  previewOf(url: string, at?: number): Promise<LinkPreview>
  /** Number of remembered previews. */
  size(): number
}

const HOUR = 3_600_000
const MAX_CACHED = 10_000
const MAX_WAITING = 500
/** The column linkmetadata.url holds this many characters. */
const MAX_URL = 2048

/** Makes the one preview finder of a process: cache in memory, then the table, then the network, each URL once at a time. */
export function createLinkPreviews(parts: LinkPreviewsParts): LinkPreviews {
  const { settings, store, onError, fetch = fetchPreview, now = Date.now } = parts
  const slots = createSlots(parts.concurrency ?? 8, MAX_WAITING)
  const cache = new Map<string, LinkPreview>()
  const running = new Map<string, Promise<LinkPreview>>()

  const remember = (key: string, preview: LinkPreview): LinkPreview => {
    cache.delete(key)
    cache.set(key, preview)
    if (cache.size > MAX_CACHED) cache.delete(cache.keys().next().value!)
    return preview
  }
  const unreachable = (error: unknown): LinkPreview => {
    if (!(error instanceof OutgoingError)) onError(error)
    return NO_PREVIEW
  }
  const load = async (url: URL, key: string, timestamp: number): Promise<LinkPreview> => {
    const hash = linkHash(url.href, timestamp)
    try {
      const row = await store.get(hash, url.href, timestamp)
      // A 32-bit hash collides, on purpose too: the row must be about this address.
      if (row?.url === url.href && Number(row.timestamp) === timestamp) return remember(key, previewOfRow(row))
    } catch (error) {
      onError(error)
    }
    try {
      const preview = await slots.run(() => fetch(url, settings()).catch(unreachable))
      remember(key, preview)
      await store.put({ hash, url: url.href, timestamp, ...columnsOf(preview) })
      return preview
    } catch (error) {
      if (!(error instanceof QueueFullError)) onError(error)
      return cache.get(key) ?? NO_PREVIEW
    }
  }
  return {
    size: () => cache.size,
    previewOf(text, at = now()) {
      const current = settings()
      const url = previewable(text)
      if (!url || isRestricted(url, current.restrictLinkPreviews)) return Promise.resolve(NO_PREVIEW)
      const timestamp = Math.floor((Number.isSafeInteger(at) ? at : now()) / HOUR) * HOUR
      const key = `${timestamp} ${url.href}`
      const known = cache.get(key)
      if (known) return Promise.resolve(remember(key, known))
      let work = running.get(key)
      if (!work) {
        work = load(url, key, timestamp).finally(() => running.delete(key))
        running.set(key, work)
      }
      return within(work, current.timeoutMs)
    },
  }
}

/** The primary key of table linkmetadata: FNV-1, 32 bits, over the hour (8 bytes, little-endian ms) and the address. */
export function linkHash(url: string, timestamp: number): number {
  const bytes = Buffer.alloc(8 + Buffer.byteLength(url))
  bytes.writeBigInt64LE(BigInt(timestamp))
  bytes.write(url, 8)
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash, 0x01000193) ^ byte
  return hash >>> 0
}

/** The address to ask for, without its fragment; undefined when there is nothing to show for it. */
function previewable(text: string): URL | undefined {
  const href = webAddress(text)
  if (href === '') return undefined
  const url = new URL(href)
  url.hash = ''
  return url.href.length > MAX_URL ? undefined : url
}

function columnsOf(preview: LinkPreview): { type: string; data: unknown } {
  if (preview.type === 'image') return { type: 'image', data: preview.image }
  return { type: preview.type, data: preview.type === 'opengraph' ? preview.openGraph : null }
}

/** Reads a row, also one that Mattermost wrote: keys may be missing there, lists null, and more pictures kept. */
function previewOfRow(row: LinkMetadataRow): LinkPreview {
  const data = fieldsOf(row.data)
  if (row.type === 'image') {
    const size = { width: sizeOf(data['width']), height: sizeOf(data['height']) }
    return {
      type: 'image',
      image: { ...size, format: textOf(data['format']), frame_count: sizeOf(data['frame_count']) },
    }
  }
  if (row.type !== 'opengraph') return NO_PREVIEW
  const images = Array.isArray(data['images']) ? data['images'].map(fieldsOf) : []
  const openGraph = cleanOpenGraph({
    type: textOf(data['type']),
    title: textOf(data['title']),
    description: textOf(data['description']),
    site_name: textOf(data['site_name']),
    url: textOf(data['url']),
    images: images.map((image) => ({
      url: textOf(image['url']),
      secure_url: textOf(image['secure_url']),
      type: textOf(image['type']),
      width: sizeOf(image['width']),
      height: sizeOf(image['height']),
    })),
  })
  return { type: 'opengraph', openGraph }
}

function within(work: Promise<LinkPreview>, timeoutMs: number): Promise<LinkPreview> {
  const { promise, resolve } = Promise.withResolvers<LinkPreview>()
  const timer = setTimeout(() => resolve(NO_PREVIEW), timeoutMs)
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}
