import type { App } from '../app.ts'
import type { LinkPreview } from '../previews/fetch-preview.ts'
import { firstPreviewLink, imageUrls } from '../text/markdown-scan.ts'
import type { MarkdownLink } from '../text/markdown-scan.ts'
import { attachmentImages, attachmentsOf } from './attachments.ts'
import { permalinkId } from './permalink-previews.ts'
import type { PermalinkPreview } from './permalink-previews.ts'
import type { Post, PostMetadata } from './post.ts'

/** Where link previews come from; previews/link-metadata.ts has this form. */
export interface Previews {
  /** never rejects; `at` is the post's create_at (ms) */
  previewOf(url: string, at?: number): Promise<LinkPreview>
}

type Embedded = Pick<PostMetadata, 'embeds' | 'images'>
type Links = ReadonlyMap<Post, readonly MarkdownLink[]>

/** Pictures of one post whose size is told. */
const MAX_IMAGES = 5
const NONE: LinkPreview = { type: 'none' }

/**
 * What stands below posts: attachments, previews of other posts, previews of links; and the sizes of pictures.
 * `waitMs` bounds the wait for previews of all links together: 0 takes only what is known.
 */
export async function linkMetadata(
  app: Pick<App, 'config'> & { readonly previews?: Previews },
  links: Links,
  permalinks: ReadonlyMap<Post, PermalinkPreview>,
  waitMs: number,
): Promise<Map<Post, Embedded>> {
  const { EnableLinkPreviews } = app.config.get().ServiceSettings
  const { previewOf, end } = lookUp(app.previews, waitMs)
  const found = new Map<Post, Embedded>()
  // Most posts have nothing of the kind, and are not worth a promise each.
  const shown = [...links].filter(
    ([post, own]) => own.length > 0 || permalinks.has(post) || post.props.attachments !== undefined,
  )
  const work = shown.map(async ([post, own]) => {
    // A link to this site shows a post or nothing; asking our own web server for it would be pointless.
    const mayShow = attachmentsOf(post.props).length === 0 && permalinkId(app, post, own) === ''
    const url = EnableLinkPreviews && mayShow ? firstPreviewLink(own) : null
    const pictures = [...attachmentImages(post.props), ...imageUrls(own)]
    const preview = url ? await previewOf(url, post.create_at) : NONE
    const images = await sizesOf([...previewImages(url, preview), ...pictures], (image) =>
      previewOf(image, post.create_at),
    )
    const embeds = embedsOf(post, url, preview, permalinks.get(post))
    found.set(post, { ...(embeds.length > 0 && { embeds }), ...(images && { images }) })
  })
  await Promise.all(work)
  end()
  return found
}

function embedsOf(
  post: Post,
  url: string | null,
  preview: LinkPreview,
  permalink: PermalinkPreview | undefined,
): object[] {
  if (attachmentsOf(post.props).length > 0) return [{ type: 'message_attachment' }]
  if (permalink) return [{ type: 'permalink', data: permalink }]
  if (!url) return []
  if (preview.type === 'image') return [{ type: 'image', url }]
  if (preview.type === 'opengraph') return [{ type: 'opengraph', url, data: preview.openGraph }]
  return [{ type: 'link', url }]
}

function previewImages(url: string | null, preview: LinkPreview): string[] {
  if (preview.type === 'image' && url) return [url]
  if (preview.type !== 'opengraph') return []
  return preview.openGraph.images.map((image) => image.secure_url || image.url || '').filter(Boolean)
}

async function sizesOf(
  urls: readonly string[],
  previewOf: (url: string) => Promise<LinkPreview>,
): Promise<Record<string, object> | undefined> {
  const wanted = [...new Set(urls)].slice(0, MAX_IMAGES)
  if (wanted.length === 0) return undefined
  const previews = await Promise.all(wanted.map(previewOf))
  const sizes: Record<string, object> = {}
  wanted.forEach((url, index) => {
    const preview = previews[index]
    if (preview?.type === 'image') sizes[url] = preview.image
  })
  return Object.keys(sizes).length > 0 ? sizes : undefined
}

/** Previews that are there within `waitMs` of now; the rest count as none, while their fetching goes on. */
function lookUp(previews: Previews | undefined, waitMs: number) {
  if (!previews) return { previewOf: async () => NONE, end: () => {} }
  if (waitMs === Infinity) return { previewOf: (url: string, at: number) => previews.previewOf(url, at), end: () => {} }
  const { promise, resolve } = Promise.withResolvers<LinkPreview>()
  const timer = setTimeout(() => resolve(NONE), waitMs)
  return {
    previewOf: (url: string, at: number) => Promise.race([previews.previewOf(url, at), promise]),
    end: () => clearTimeout(timer),
  }
}
