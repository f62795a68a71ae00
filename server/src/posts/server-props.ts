import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { scanMarkdown } from '../text/markdown-scan.ts'
import { channelMentions } from './channel-mentions.ts'
import { permalinkId } from './permalink-previews.ts'
import { findPost } from './posts.store.ts'
import type { Post } from './post.ts'

/** Props that the server works out from a message: which channels it names and which post it shows below itself. */
export type FoundProps = Readonly<Record<'channel_mentions' | 'previewed_post', unknown>>

/**
 * Looks up what a post's message refers to, as far as its author (or editor) may read it. A message without `~` and
 * without a link to a post costs no query.
 */
export async function findServerProps(
  app: Pick<App, 'access' | 'config' | 'db'>,
  session: Session,
  post: Post,
): Promise<FoundProps> {
  const { channel_id: channelId, message } = post
  return {
    channel_mentions: message.includes('~') ? await channelMentions(app, session, channelId, message) : undefined,
    previewed_post: message.includes('/pl/') ? await previewedId(app, session, post) : undefined,
  }
}

/** The props with what was found; what was not is taken out. */
export function withServerProps(props: Readonly<Record<string, unknown>>, found: FoundProps): Record<string, unknown> {
  const { channel_mentions: _mentions, previewed_post: _post, ...own } = props
  const present = Object.entries(found).filter(([, value]) => value !== undefined)
  return { ...own, ...Object.fromEntries(present) }
}

async function previewedId(
  app: Pick<App, 'access' | 'config' | 'db'>,
  session: Session,
  post: Post,
): Promise<string | undefined> {
  const id = permalinkId(app, post, scanMarkdown(post.message).links)
  const target = id ? await findPost(app.db, id) : null
  return target && (await app.access.canReadChannel(session, target.channel_id)) ? id : undefined
}
