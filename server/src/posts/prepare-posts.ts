import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { scanMarkdown } from '../text/markdown-scan.ts'
import type { MarkdownLink } from '../text/markdown-scan.ts'
import { attachmentsOf, attachmentTexts, withoutIntegrations } from './attachments.ts'
import { withReadableMentions } from './channel-mentions.ts'
import { findPermalinkPreviews } from './permalink-previews.ts'
import { linkMetadata } from './post-embeds.ts'
import type { Previews } from './post-embeds.ts'
import { findMetadata } from './post-metadata.store.ts'
import type { MetadataRows } from './post-metadata.store.ts'
import type { Post, PostMetadata } from './post.ts'

/** What preparing needs of the app. `previews` may be missing: links then stay bare. */
export type PrepareParts = Pick<App, 'access' | 'config' | 'db'> & { readonly previews?: Previews }

/** How long a list of posts waits for links that nobody has asked for yet (ms); they come with the next answer. */
const LIST_WAIT = 300
/** Emoji names of one post that are looked up: nobody reads more, and an attacker could write thousands. */
const MAX_EMOJIS = 100

/**
 * The posts as clients get them: with files, reactions, custom emojis, priority, acknowledgements, embeds and image
 * sizes. Takes the same number of queries for one post and for a thousand, and changes none of the given posts.
 *
 * Previews of other posts are shown as far as `session` may read them. With `null` all are shown, so what comes of it
 * must not leave the server without `restrictedForm` (channel-mentions.ts). Inside a transaction only those link
 * previews are used that are at hand (see `warmPreviews`), because a foreign web server must not hold it open.
 */
export async function preparePosts(
  app: PrepareParts,
  session: Session | null,
  posts: readonly Post[],
): Promise<Post[]> {
  if (posts.length === 0) return []
  const links = new Map(posts.map((post) => [post, linksOf(post)]))
  const permalinks = await findPermalinkPreviews(app, session, links)
  const previewed = [...permalinks.values()].map((preview) => preview.post)
  for (const post of previewed) links.set(post, linksOf(post))
  const all = [...posts, ...previewed]
  const rows = await findMetadata(app.db, wanted(app, all))
  const found = byPost(rows)
  const wait = app.db.isTransaction ? 0 : posts.length > 1 ? LIST_WAIT : Infinity
  const seen = await linkMetadata(app, links, permalinks, wait)
  const prepare = (post: Post): Post => ({
    ...post,
    props: withoutIntegrations(post.props),
    metadata: { ...metadataOf(post, found), ...seen.get(post) },
  })
  for (const preview of permalinks.values()) preview.post = withoutMentions(prepare(preview.post))
  const prepared = posts.map(prepare)
  return session ? withReadableMentions(app, session, prepared) : prepared
}

/** Who may read a post may not know the channels that it names; below another post nobody misses the links. */
function withoutMentions(post: Post): Post {
  const { channel_mentions: _mentions, ...props } = post.props
  return { ...post, props }
}

/** Fetches what the links of a post show, so that `preparePosts` finds it at hand; waits as long as a preview may take. */
export async function warmPreviews(app: PrepareParts, post: Post): Promise<void> {
  await linkMetadata(app, new Map([[post, linksOf(post)]]), new Map(), Infinity)
}

/**
 * Whether a post is prepared alike for everyone and at any time, until it changes: nothing of it depends on rights, on
 * foreign web servers or on files that are still being looked at.
 */
export function isAlikeForAll(post: Post): boolean {
  if (post.file_ids.length > 0 || post.props.channel_mentions !== undefined) return false
  return linksOf(post).length === 0 && attachmentsOf(post.props).length === 0
}

/** Links of the message, and of the texts of its attachments behind them. */
function linksOf(post: Post): MarkdownLink[] {
  const own = scanMarkdown(post.message).links
  const attached = attachmentTexts(post.props).flatMap((text) => scanMarkdown(text).links)
  return attached.length > 0 ? [...own, ...attached.filter(({ kind }) => kind === 'image')] : own
}

function wanted(app: PrepareParts, posts: readonly Post[]) {
  const live = posts.filter((post) => post.original_id === '')
  const ids = live.map((post) => post.id)
  return {
    postIds: ids,
    withFiles: live.filter((post) => post.file_ids.length > 0).map((post) => post.id),
    oldFileIds: posts.filter((post) => post.original_id !== '').flatMap((post) => post.file_ids),
    withReactions: live.filter((post) => post.has_reactions).map((post) => post.id),
    emojiNames: app.config.get().ServiceSettings.EnableCustomEmoji ? emojiNames(posts) : [],
  }
}

function emojiNames(posts: readonly Post[]): string[] {
  const names = new Set<string>()
  for (const post of posts) {
    const own = new Set<string>()
    for (const text of [post.message, ...attachmentTexts(post.props)]) {
      for (const match of text.matchAll(/:([a-zA-Z0-9_+-]{1,64})(?=:)/g)) {
        if (own.size < MAX_EMOJIS) own.add(match[1]!)
      }
    }
    for (const name of own) names.add(name)
  }
  return [...names]
}

interface Found {
  readonly files: Map<string, MetadataRows['files']>
  readonly fileById: Map<string, MetadataRows['files'][number]>
  readonly reactions: Map<string, MetadataRows['reactions']>
  readonly emojis: Map<string, MetadataRows['emojis'][number]>
  readonly priorities: Map<string, MetadataRows['priorities'][number]>
  readonly acknowledgements: Map<string, MetadataRows['acknowledgements']>
}

function byPost(rows: MetadataRows): Found {
  return {
    files: Map.groupBy(
      rows.files.filter((file) => file.delete_at === 0),
      (file) => file.post_id,
    ),
    fileById: new Map(rows.files.map((file) => [file.id, file])),
    reactions: Map.groupBy(rows.reactions, (reaction) => reaction.post_id),
    emojis: new Map(rows.emojis.map((emoji) => [emoji.name, emoji])),
    priorities: new Map(rows.priorities.map((priority) => [priority.post_id, priority])),
    acknowledgements: Map.groupBy(rows.acknowledgements, (one) => one.post_id),
  }
}

/** The custom emojis that stand in a post or on it. */
function emojisOf(post: Post, reactions: MetadataRows['reactions'], found: Found): MetadataRows['emojis'] {
  const names = new Set([...emojiNames([post]), ...reactions.map((reaction) => reaction.emoji_name)])
  return [...names].flatMap((name) => found.emojis.get(name) ?? [])
}

/** Keys are left out where there is nothing, as clients expect. */
function metadataOf(post: Post, found: Found): PostMetadata {
  const isKept = post.original_id !== ''
  const files = isKept ? post.file_ids.flatMap((id) => found.fileById.get(id) ?? []) : (found.files.get(post.id) ?? [])
  const reactions = found.reactions.get(post.id)
  const emojis = found.emojis.size > 0 ? emojisOf(post, reactions ?? [], found) : []
  const priority = found.priorities.get(post.id)
  const acknowledgements = found.acknowledgements.get(post.id)
  return {
    ...(files.length > 0 && { files }),
    ...(reactions && { reactions }),
    ...(emojis.length > 0 && { emojis }),
    ...(priority && {
      priority: {
        priority: priority.priority,
        requested_ack: priority.requested_ack,
        persistent_notifications: priority.persistent_notifications,
      },
    }),
    ...(acknowledgements && { acknowledgements }),
  }
}
