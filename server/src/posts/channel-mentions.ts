import type { App } from '../app.ts'
import type { ServerEvent } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { possibleChannelMentions } from '../text/mentions.ts'
import { findMentionable } from './channel-mentions.store.ts'
import type { Mentionable } from './channel-mentions.store.ts'
import { restrictedPost } from './permalink-previews.ts'
import type { Post } from './post.ts'

type Parts = Pick<App, 'access' | 'db'>

/** Names of one message that are looked up: nobody reads more, and an attacker could write thousands. */
const MAX_NAMES = 200

/** The value of the prop `channel_mentions`: clients make links of the `~names` that stand in it. */
export type ChannelMentions = Record<string, { display_name: string; team_name: string }>

/**
 * The public channels that a message names with `~name`, as far as its author may read them: a guest could otherwise
 * try out which channels there are. Undefined when there are none. One query, and only when there is a name.
 */
export async function channelMentions(
  app: Parts,
  session: Session,
  channelId: string,
  message: string,
): Promise<ChannelMentions | undefined> {
  const names = possibleChannelMentions(message).slice(0, MAX_NAMES)
  if (names.length === 0) return undefined
  const readable = []
  for (const channel of await mentionable(app, channelId, names)) {
    if (await app.access.canReadChannel(session, channel.id)) readable.push(channel)
  }
  if (readable.length === 0) return undefined
  const team = await app.access.team((await app.access.channel(channelId))!.teamId)
  const team_name = team?.name ?? ''
  return Object.fromEntries(readable.map(({ name, displayName }) => [name, { display_name: displayName, team_name }]))
}

/**
 * For events: the form of a post (prepared for nobody in particular) for recipients who may not read all channels that
 * it shows or names. Undefined when it shows and names none. A query only for a post with channel mentions.
 */
export async function restrictedForm(app: Parts, post: Post): Promise<RestrictedForm | undefined> {
  const shown = restrictedPost(post)
  const names = mentionedNames(post)
  const mentioned = names.length > 0 ? await mentionable(app, post.channel_id, names) : []
  if (!shown && mentioned.length === 0) return undefined
  const { channel_mentions: _mentions, ...props } = (shown?.post ?? post).props
  const channelIds = [...new Set([...(shown?.channelIds ?? []), ...mentioned.map((one) => one.id)])]
  return { channelIds, post: { ...(shown?.post ?? post), props } }
}

export interface RestrictedForm {
  readonly channelIds: readonly string[]
  readonly post: Post
}

/** What `restrictedForm` found, as an event carries it. */
export function restricted(form: RestrictedForm | undefined): Pick<ServerEvent, 'restricted'> {
  if (!form) return {}
  return { restricted: { channelIds: form.channelIds, data: { post: JSON.stringify(form.post) } } }
}

/** The posts as a reader may see them: without the names of channels that are not open to him. */
export async function withReadableMentions(app: Parts, session: Session, posts: readonly Post[]): Promise<Post[]> {
  if (posts.every((post) => post.props.channel_mentions === undefined)) return [...posts]
  return Promise.all(posts.map((post) => withReadable(app, session, post)))
}

async function withReadable(app: Parts, session: Session, post: Post): Promise<Post> {
  const names = mentionedNames(post)
  if (names.length === 0) return post
  const channel = await app.access.channel(post.channel_id)
  if (channel && (await app.access.canInTeam(session, channel.teamId, 'read_public_channel'))) return post
  const { channel_mentions, ...props } = post.props
  const known = channel_mentions as Record<string, unknown>
  const readable: Record<string, unknown> = {}
  for (const { id, name } of await mentionable(app, post.channel_id, names)) {
    if (await app.access.canReadChannel(session, id)) readable[name] = known[name]
  }
  return { ...post, props: Object.keys(readable).length > 0 ? { ...props, channel_mentions: readable } : props }
}

/** Names in the stored prop, which older servers and imports may have written too. */
function mentionedNames({ props: { channel_mentions: mentions } }: Post): string[] {
  return typeof mentions === 'object' && mentions !== null ? Object.keys(mentions).slice(0, MAX_NAMES) : []
}

async function mentionable(app: Parts, channelId: string, names: readonly string[]): Promise<Mentionable[]> {
  const channel = await app.access.channel(channelId)
  return channel?.teamId ? findMentionable(app.db, channel.teamId, names) : []
}
