import { put, putAll, without } from '../change.ts'
import type { Bookmark } from '../entities.ts'
import type { Id, State } from '../state.ts'
import { parse } from './reducer.ts'
import type { Reducers } from './reducer.ts'

export const bookmarkReducers: Reducers<
  'channel_bookmark_created' | 'channel_bookmark_deleted' | 'channel_bookmark_updated' | 'channel_bookmark_sorted'
> = {
  channel_bookmark_created: (state, data) => {
    const bookmark = parse<Bookmark>(data.bookmark)
    return change(state, bookmark.channel_id, [bookmark], [])
  },
  channel_bookmark_deleted: (state, data) => {
    const bookmark = parse<Bookmark>(data.bookmark)
    return change(state, bookmark.channel_id, [], [bookmark.id])
  },
  /** One that somebody else changes is replaced by a new one. */
  channel_bookmark_updated: (state, data, { channel_id }) => {
    const { updated, deleted } = parse<{ updated?: Bookmark | null; deleted?: Bookmark | null }>(data.bookmarks)
    return change(state, channel_id, updated ? [updated] : [], deleted ? [deleted.id] : [])
  },
  channel_bookmark_sorted: (state, data, { channel_id }) =>
    change(state, channel_id, parse<Bookmark[]>(data.bookmarks), []),
}

/** Bookmarks of a channel that was not opened yet are loaded when it is. */
function change(state: State, channelId: Id, saved: readonly Bookmark[], gone: readonly Id[]): State {
  const known = state.bookmarks[channelId]
  if (!known) return state
  const left = putAll(without(known, ...gone), saved, (one) => one.id)
  return { ...state, bookmarks: put(state.bookmarks, channelId, left) }
}
