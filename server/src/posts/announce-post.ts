import type { App } from '../app.ts'
import type { ChannelCore } from '../access/access.ts'
import { event } from '../realtime/events.ts'
import type { ServerEvent } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { isSystemPost } from './post.ts'
import type { Post } from './post.ts'
import type { PostWrite } from './post-writer.ts'

export interface Announcement {
  readonly session: Session
  readonly channel: ChannelCore
  readonly post: Post
  readonly root: Post | null
}

/** Works out who is to be told what of a new post, and what else has to be written with it. */
export async function announcePost(app: App, { session, channel, post }: Announcement): Promise<PostWrite> {
  const decision = await app.audiences.decide(post, channel, session)
  const posted = await postedEvent(app, channel, post, decision.perUser)
  const authorViews = !isSystemPost(post)
  const events: ServerEvent[] = [posted]
  if (authorViews && app.config.get().ServiceSettings.EnableChannelViewedMessages) {
    const times = { [channel.id]: post.create_at }
    events.push(event('multiple_channels_viewed', { userId: post.user_id }, { channel_times: times }))
  }
  return { post, authorViews, mentions: decision.mentions, events }
}

async function postedEvent(
  app: Pick<App, 'access'>,
  channel: ChannelCore,
  post: Post,
  perUser: Record<string, object>,
): Promise<ServerEvent> {
  const author = await app.access.user(post.user_id)
  return event(
    'posted',
    { channelId: channel.id },
    {
      channel_display_name: channel.displayName,
      channel_name: channel.name,
      channel_type: channel.type,
      post: JSON.stringify(post),
      sender_name: `@${author?.username ?? ''}`,
      set_online: true,
      team_id: channel.teamId,
    },
    { perUser },
  )
}
