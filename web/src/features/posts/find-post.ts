import { reader, request } from '../../client/api.ts'
import { loadTeam } from '../../client/boot.ts'
import { getState, update } from '../../client/store.ts'
import type { ServerPost } from '../../store/entities.ts'
import { receivedPosts } from '../../store/load-posts.ts'
import { collapsesThreads } from '../../store/posts.ts'
import type { Id } from '../../store/state.ts'

/** Where a linked post stands, for somebody who may have to join first (GET /posts/{id}/info). */
export interface PostPlace {
  readonly channel_id: Id
  readonly channel_type: string
  readonly channel_display_name: string
  readonly has_joined_channel: boolean
  readonly team_id: Id
  readonly team_display_name: string
  readonly has_joined_team: boolean
}

/** Where a post stands; undefined when it is gone or closed to me. Rejects when the server was not reached. */
export async function findPost(postId: Id): Promise<PostPlace | undefined> {
  const known = getState().posts[postId]
  const channel = known && getState().channels[known.channel_id]
  if (channel) {
    const joined = { has_joined_channel: true, has_joined_team: true, team_display_name: '' }
    const { id, type, display_name, team_id } = channel
    return { channel_id: id, channel_type: type, channel_display_name: display_name, team_id, ...joined }
  }
  return (await reader.maybe(`/posts/${postId}/info`)) ?? undefined
}

/** Becomes a member of where a post stands. */
export async function joinPlace(place: PostPlace): Promise<void> {
  const { me } = getState()
  if (place.team_id && !place.has_joined_team) {
    await request('POST', `/teams/${place.team_id}/members`, { team_id: place.team_id, user_id: me })
    update(await reader.key(`team:${place.team_id}`))
    await loadTeam(place.team_id)
  }
  if (!place.has_joined_channel) await request('POST', `/channels/${place.channel_id}/members`, { user_id: me })
}

/** What to open for a post: the post of the channel's list, and for a reply its thread. Loads the channel when it is new here. */
export async function openingOf(postId: Id, channelId: Id): Promise<{ listed: Id; rootId: Id | undefined }> {
  if (!getState().channels[channelId]) update(await reader.key(`channel:${channelId}`))
  if (!getState().posts[postId]) {
    const post = await request<ServerPost>('GET', `/posts/${postId}`)
    update((state) => receivedPosts(state, [post]))
  }
  const rootId = getState().posts[postId]?.root_id
  if (!rootId) return { listed: postId, rootId: undefined }
  return { listed: collapsesThreads(getState()) ? rootId : postId, rootId }
}
