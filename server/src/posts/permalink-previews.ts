import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { firstPreviewLink, parsePermalink } from '../text/markdown-scan.ts'
import type { MarkdownLink } from '../text/markdown-scan.ts'
import { attachmentsOf } from './attachments.ts'
import type { Post } from './post.ts'
import { findPosts } from './posts.store.ts'

/** A post that a link in another post shows, as the data of a `permalink` embed. */
export interface PermalinkPreview {
  post_id: string
  post: Post
  team_name: string
  channel_display_name: string
  channel_type: string
  channel_id: string
}

type Parts = Pick<App, 'access' | 'config' | 'db'>

/**
 * The posts that the first links of `links` point to, as far as `session` may read them (with null: all). One query
 * for all of them. The previewed posts' own links are not followed.
 */
export async function findPermalinkPreviews(
  app: Parts,
  session: Session | null,
  links: ReadonlyMap<Post, readonly MarkdownLink[]>,
): Promise<Map<Post, PermalinkPreview>> {
  const targets = new Map<Post, string>()
  for (const [post, own] of links) {
    const id = permalinkId(app, post, own)
    if (id) targets.set(post, id)
  }
  const previews = new Map<Post, PermalinkPreview>()
  if (targets.size === 0) return previews
  const found = new Map((await findPosts(app.db, [...new Set(targets.values())])).map((post) => [post.id, post]))
  for (const [post, id] of targets) {
    const target = found.get(id)
    const preview = target && (await previewFor(app, session, target))
    if (preview) previews.set(post, preview)
  }
  return previews
}

/** The id of the post that a post shows below itself, '' if it links to none. Whether it may be read is not checked. */
export function permalinkId(app: Pick<App, 'config'>, post: Post, links: readonly MarkdownLink[]): string {
  const { EnablePermalinkPreviews, SiteURL } = app.config.get().ServiceSettings
  if (!EnablePermalinkPreviews || attachmentsOf(post.props).length > 0) return ''
  const url = firstPreviewLink(links)
  return (url && parsePermalink(url, SiteURL)?.postId) || ''
}

async function previewFor(app: Parts, session: Session | null, post: Post): Promise<PermalinkPreview | null> {
  const channel = await app.access.channel(post.channel_id)
  if (!channel) return null
  if (session && !(await app.access.canReadChannel(session, channel.id))) return null
  const team = channel.teamId ? await app.access.team(channel.teamId) : null
  return {
    post_id: post.id,
    post,
    team_name: team?.name ?? '',
    channel_display_name: channel.displayName,
    channel_type: channel.type,
    channel_id: channel.id,
  }
}

/**
 * For events: the channels whose posts `post` (prepared for nobody in particular) shows, and the form for recipients
 * who may not read them. Undefined when it shows nothing from elsewhere.
 */
export function restrictedPost(post: Post): { channelIds: string[]; post: Post } | undefined {
  const shown = (post.metadata.embeds ?? []).filter(isPermalink)
  const channelIds = [...new Set(shown.map((embed) => embed.data.channel_id))].filter((id) => id !== post.channel_id)
  if (channelIds.length === 0) return undefined
  const { embeds: _embeds, ...metadata } = post.metadata
  const { previewed_post: _id, ...props } = post.props
  return { channelIds, post: { ...post, props, metadata } }
}

function isPermalink(embed: object): embed is { type: 'permalink'; data: PermalinkPreview } {
  return (embed as { type?: unknown }).type === 'permalink'
}
