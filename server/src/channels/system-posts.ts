import type { App } from '../app.ts'
import type { UserCore } from '../access/access.ts'
import { createSystemPost } from '../posts/system-post.ts'
import type { SystemPostDraft } from '../posts/system-post.ts'
import { channelText } from './channels.texts.ts'
import type { ChannelText } from './channels.texts.ts'

/** One post of the server in a channel: whose name, which text, and the props that clients build their own text from. */
export interface Notice {
  readonly userId: string
  readonly channelId: string
  readonly type: string
  readonly text: ChannelText
  readonly params?: Readonly<Record<string, string>>
  readonly props: Readonly<Record<string, unknown>>
  /** the thread that it is said in */
  readonly rootId?: string
}

/**
 * Writes what the server has to say about something that has already happened. A failure is logged and not thrown: the
 * person has joined, and must not be told otherwise.
 */
export async function postNotice(app: App, notice: Notice): Promise<void> {
  try {
    await createSystemPost(app, noticeDraft(app, notice))
  } catch (error) {
    const { channelId, type } = notice
    app.log.error({ err: error, channelId, type }, 'a system message was not posted')
  }
}

/** A notice in the language of the server. */
export function noticeDraft(app: App, notice: Notice): SystemPostDraft {
  const { userId, channelId, type, props, rootId = '' } = notice
  return { userId, channelId, type, message: channelText(app, notice.text, notice.params), props, rootId }
}

/** Someone came by himself. */
export function joinNotice(channelId: string, user: UserCore): Notice {
  return {
    userId: user.id,
    channelId,
    type: user.isGuest ? 'system_guest_join_channel' : 'system_join_channel',
    text: user.isGuest ? 'guestJoined' : 'joined',
    params: { username: user.username },
    props: { username: user.username },
  }
}

/** Someone was brought by another. */
export function addNotice(channelId: string, added: UserCore, by: UserCore): Notice {
  return {
    userId: by.id,
    channelId,
    type: added.isGuest ? 'system_add_guest_to_chan' : 'system_add_to_channel',
    text: added.isGuest ? 'guestAdded' : 'added',
    params: { username: by.username, added: added.username },
    props: addedProps(added, by),
  }
}

/** Someone went by himself. */
export function leaveNotice(channelId: string, user: UserCore): Notice {
  const params = { username: user.username }
  return { userId: user.id, channelId, type: 'system_leave_channel', text: 'left', params, props: params }
}

/** Someone was taken out by another. */
export function removeNotice(channelId: string, removed: UserCore, by: UserCore): Notice {
  return {
    userId: by.id,
    channelId,
    type: 'system_remove_from_channel',
    text: 'removed',
    params: { username: removed.username },
    props: { removedUserId: removed.id, removedUsername: removed.username },
  }
}

/** Someone joined the team: said in its town square. */
export function joinTeamNotice(channelId: string, user: UserCore, by: UserCore | null): Notice {
  if (by) {
    const params = { username: by.username, added: user.username }
    const base = { userId: by.id, channelId, text: 'addedToTeam', params } as const
    return { ...base, type: 'system_add_to_team', props: addedProps(user, by) }
  }
  const params = { username: user.username }
  return { userId: user.id, channelId, type: 'system_join_team', text: 'joinedTeam', params, props: params }
}

/** Someone left the team or was taken out of it: said in its town square. */
export function leaveTeamNotice(channelId: string, user: UserCore, removed: boolean): Notice {
  const params = { username: user.username }
  const base = { userId: user.id, channelId, params, props: params }
  return removed
    ? { ...base, type: 'system_remove_from_team', text: 'removedFromTeam' }
    : { ...base, type: 'system_leave_team', text: 'leftTeam' }
}

const addedProps = (added: UserCore, by: UserCore): Record<string, string> => ({
  userId: by.id,
  username: by.username,
  addedUserId: added.id,
  addedUsername: added.username,
})
