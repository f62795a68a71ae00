import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import type { FileInfo } from '../files/file-info-view.ts'
import { OptionalInteger, OptionalString } from '../http/schema.ts'

/** A link or file that stands above a channel. Keys that clients know as optional are left out when empty. */
export interface Bookmark {
  readonly id: string
  readonly create_at: number
  readonly update_at: number
  readonly delete_at: number
  readonly channel_id: string
  readonly owner_id: string
  /** '' on links */
  readonly file_id: string
  readonly display_name: string
  readonly sort_order: number
  readonly link_url?: string
  readonly image_url?: string
  readonly emoji?: string
  readonly type: 'link' | 'file'
  /** the bookmark of somebody else that this one replaces */
  readonly original_id?: string
  readonly parent_id?: string
  readonly file?: FileInfo
}

/** What changing a bookmark did: that of somebody else is replaced by one of the person who changed it. */
export interface BookmarkUpdate {
  readonly updated: Bookmark
  readonly deleted?: Bookmark
}

export const MAX_BOOKMARKS = 50

export const NewBookmarkBody = Type.Object({
  file_id: OptionalString,
  display_name: OptionalString,
  link_url: OptionalString,
  image_url: OptionalString,
  emoji: OptionalString,
  type: OptionalString,
})

/** A missing or null key leaves the value as it is. */
export const BookmarkPatchBody = Type.Object({
  file_id: OptionalString,
  display_name: OptionalString,
  sort_order: OptionalInteger,
  link_url: OptionalString,
  image_url: OptionalString,
  emoji: OptionalString,
})

export type SentBookmark = Static<typeof NewBookmarkBody>
export type BookmarkPatch = Static<typeof BookmarkPatchBody>
