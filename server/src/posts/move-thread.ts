import type { App } from '../app.ts'
import type { ChannelCore } from '../access/access.ts'
import { noPermission } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { ServerEvent } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { restricted, restrictedForm } from './channel-mentions.ts'
import { withReplies } from './complete-list.ts'
import { moveRows } from './move-thread.store.ts'
import { changeablePost, mayPost } from './post-access.ts'
import { postChangeError } from './post-changes.errors.ts'
import { lockPost } from './post-history.store.ts'
import { findThreads } from './post-lists.store.ts'
import { postError } from './posts.errors.ts'
import type { Post } from './post.ts'

/**
 * Moves the thread of a post to another channel, as WranglerSettings allow. The posts keep their ids, so links,
 * reminders and saved marks go on working. Throws 501 unless the feature is on, 403 for those who may not, 400 for a
 * thread that is too long or an archived channel.
 */
export async function moveThread(app: App, session: Session, postId: string, channelId: string): Promise<void> {
  if (!app.config.get().FeatureFlags.MoveThreadsEnabled) {
    throw postChangeError('api.post.move_thread.disabled.app_error')
  }
  await checkMover(app, session)
  const post = await changeablePost(app, session, postId)
  const [from, to] = await bothChannels(app, session, post.channel_id, channelId)
  checkChannels(app, from, to)
  const rootId = post.root_id || post.id
  const posts = (await findThreads(app.db, from.id, [rootId])).toSorted((a, b) => a.create_at - b.create_at)
  const limit = app.config.get().WranglerSettings.MoveThreadMaxCount
  if (posts.length > limit) throw postChangeError('api.post.move_thread.too_many_posts', { Limit: limit })
  await app.unitOfWork(async (tx) => {
    const at = Date.now()
    const root = await lockPost(tx.db, rootId)
    if (!root) throw postError('app.post.get.app_error')
    // Moved twice at once, its posts would count twice.
    if (root.channel_id !== from.id) throw postChangeError('api.post.move_thread.no_permission')
    await moveRows(tx.db, rootId, to, { at, lastAt: posts.at(-1)?.create_at ?? at, count: posts.length })
    const ids = posts.map((one) => one.id)
    tx.changed({ kind: 'posts', ids })
    for (const { id } of [from, to]) tx.changed({ kind: 'channelPosts', channelId: id, ids })
    const gone = JSON.stringify({ ...root, delete_at: at, update_at: at })
    tx.publish(event('post_deleted', { channelId: from.id }, { post: gone }))
    const moved = posts.map((one) => ({ ...one, channel_id: to.id, update_at: at }))
    const prepared = await withReplies({ ...app, db: tx.db }, session, moved)
    for (const one of prepared) tx.publish(await said({ access: app.access, db: tx.db }, to, withoutEmbeds(one)))
  })
}

async function checkMover(app: App, session: Session): Promise<void> {
  if (app.access.can(session, 'manage_system')) return
  const { PermittedWranglerRoles, AllowedEmailDomain } = app.config.get().WranglerSettings
  const user = await app.access.user(session.userId)
  const hasRole = PermittedWranglerRoles.length === 0 || PermittedWranglerRoles.some((r) => session.roles.includes(r))
  const email = user?.email.toLowerCase() ?? ''
  const hasMail =
    AllowedEmailDomain.length === 0 || AllowedEmailDomain.some((domain) => email.endsWith(`@${domain.toLowerCase()}`))
  if (!user || !hasRole || !hasMail) throw postChangeError('api.post.move_thread.no_permission')
}

/** Both channels, if the caller is a member of both and may write in the second. */
async function bothChannels(
  app: App,
  session: Session,
  fromId: string,
  toId: string,
): Promise<[ChannelCore, ChannelCore]> {
  const [from, to] = await Promise.all([app.access.channel(fromId), app.access.channel(toId)])
  for (const channel of [from, to]) {
    const inside = channel && (await app.access.channelMember(channel.id, session.userId))
    if (!inside) throw noPermission('read_channel_content')
  }
  if (!(await mayPost(app, session, to!))) throw noPermission('create_post')
  if (to!.deleteAt > 0) throw postError('api.post.create_post.can_not_post_to_deleted.error')
  return [from!, to!]
}

function checkChannels(app: App, from: ChannelCore, to: ChannelCore): void {
  const settings = app.config.get().WranglerSettings
  const allowed = {
    O: true,
    P: settings.MoveThreadFromPrivateChannelEnable,
    D: settings.MoveThreadFromDirectMessageChannelEnable,
    G: settings.MoveThreadFromGroupMessageChannelEnable,
  }[from.type]
  const otherTeam = from.teamId !== '' && to.teamId !== '' && from.teamId !== to.teamId
  if (!allowed || from.id === to.id || (otherTeam && !settings.MoveThreadToAnotherTeamEnable)) {
    throw postChangeError('api.post.move_thread.no_permission')
  }
}

/** What a post shows of other channels may not be for the people of the new one; they load it by their own right. */
function withoutEmbeds({ metadata: { embeds: _embeds, ...metadata }, ...post }: Post): Post {
  return { ...post, metadata }
}

/** Nobody is mentioned by it and the author counts as no more present than he was. */
async function said(app: Pick<App, 'access' | 'db'>, channel: ChannelCore, post: Post): Promise<ServerEvent> {
  const author = `@${(await app.access.user(post.user_id))?.username ?? ''}`
  return event(
    'posted',
    { channelId: channel.id },
    {
      post: JSON.stringify(post),
      channel_type: channel.type,
      channel_display_name: channel.type === 'D' ? author : channel.displayName,
      channel_name: channel.name,
      sender_name: author,
      team_id: channel.teamId,
      set_online: false,
    },
    restricted(await restrictedForm(app, post)),
  )
}
