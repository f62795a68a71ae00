import { needUsers, put, without } from '../change.ts'
import type { Reaction, ServerPost } from '../entities.ts'
import { applyPosted } from '../optimistic.ts'
import { deletePost, placePost, putFull, storePost } from '../posts.ts'
import { reactionKey } from '../state.ts'
import type { State } from '../state.ts'
import { parse } from './reducer.ts'
import type { Reducers } from './reducer.ts'

export const postReducers: Reducers<
  | 'posted'
  | 'post_edited'
  | 'post_deleted'
  | 'ephemeral_message'
  | 'post_unread'
  | 'reaction_added'
  | 'reaction_removed'
  | 'post_acknowledgement_added'
  | 'post_acknowledgement_removed'
  | 'persistent_notification_triggered'
> = {
  posted: (state, data) => {
    const mentions = data.mentions ? parse<string[]>(data.mentions) : []
    return applyPosted(state, parse<ServerPost>(data.post), mentions.includes(state.me))
  },
  post_edited: (state, data) => editPost(state, parse<ServerPost>(data.post)),
  post_deleted: (state, data) => deletePost(state, parse<ServerPost>(data.post)),
  /** Only this session knows the post: a reload forgets it. */
  ephemeral_message: (state, data) => {
    const post = parse<ServerPost>(data.post)
    if (!state.channels[post.channel_id]) return state
    const stored = storePost(state, post)
    return placePost(stored, stored.posts[post.id]!)
  },
  /** I have made it unread again: how much of the channel still counts as read. */
  post_unread: (state, data, { channel_id: channelId }) => {
    const member = state.channelMembers[channelId]
    if (!member) return state
    const { post_id: _, ...counts } = data
    return { ...state, channelMembers: put(state.channelMembers, channelId, { ...member, ...counts }) }
  },
  reaction_added: (state, data) => {
    const reaction = parse<Reaction>(data.reaction)
    if (!state.posts[reaction.post_id]) return state
    const key = reactionKey(reaction.user_id, reaction.emoji_name)
    const reactions = { ...state.reactions[reaction.post_id], [key]: reaction }
    return needUsers({ ...state, reactions: put(state.reactions, reaction.post_id, reactions) }, reaction.user_id)
  },
  reaction_removed: (state, data) => {
    const { post_id, user_id, emoji_name } = parse<Reaction>(data.reaction)
    const reactions = without(state.reactions[post_id] ?? {}, reactionKey(user_id, emoji_name))
    return { ...state, reactions: putFull(state.reactions, post_id, reactions) }
  },
  post_acknowledgement_added: (state, data) => {
    const { post_id, user_id, acknowledged_at } = parse<Acknowledgement>(data.acknowledgement)
    if (!state.posts[post_id]) return state
    const acknowledgements = { ...state.acknowledgements[post_id], [user_id]: acknowledged_at }
    return { ...state, acknowledgements: put(state.acknowledgements, post_id, acknowledgements) }
  },
  post_acknowledgement_removed: (state, data) => {
    const { post_id, user_id } = parse<Acknowledgement>(data.acknowledgement)
    const acknowledgements = without(state.acknowledgements[post_id] ?? {}, user_id)
    return { ...state, acknowledgements: putFull(state.acknowledgements, post_id, acknowledgements) }
  },
  /** A reminder of an urgent post: it asks for a notification and changes nothing. */
  persistent_notification_triggered: (state) => state,
}

interface Acknowledgement {
  readonly post_id: string
  readonly user_id: string
  readonly acknowledged_at: number
}

function editPost(state: State, raw: ServerPost): State {
  const before = state.posts[raw.id]
  if (!before) return state
  const channel = state.channels[raw.channel_id]
  // An edit is activity in its channel too, though nothing unread.
  const active = channel && { ...channel, last_post_at: Math.max(channel.last_post_at, raw.update_at) }
  const stored = storePost(state, raw)
  const edited = active ? { ...stored, channels: put(stored.channels, active.id, active) } : stored
  const stats = state.channelStats[raw.channel_id]
  const pinned = (raw.is_pinned ? 1 : 0) - (before.is_pinned ? 1 : 0)
  if (!stats || pinned === 0) return edited
  const counted = { ...stats, pinnedpost_count: stats.pinnedpost_count + pinned }
  return { ...edited, channelStats: put(state.channelStats, raw.channel_id, counted) }
}
