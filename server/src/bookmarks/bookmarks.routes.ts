import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { BookmarkPatchBody, NewBookmarkBody } from './bookmark.ts'
import { createBookmark } from './create-bookmark.ts'
import { deleteBookmark } from './delete-bookmark.ts'
import { listBookmarks } from './list-bookmarks.ts'
import { moveBookmark } from './order-bookmarks.ts'
import { changeBookmark } from './update-bookmark.ts'

const BASE = '/api/v4/channels/:channel_id/bookmarks'

/** The links and files above a channel. */
export function bookmarkRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: BASE,
      access: 'session',
      handler: ({ session, params, query }) =>
        listBookmarks(app, session, params.channel_id!, query.int('bookmarks_since', 0)),
    }),
    route({
      method: 'POST',
      path: BASE,
      access: 'session',
      body: NewBookmarkBody,
      status: 201,
      handler: ({ session, params, body, connectionId }) =>
        createBookmark(app, session, params.channel_id!, body, connectionId),
    }),
    route({
      method: 'PATCH',
      path: `${BASE}/:bookmark_id`,
      access: 'session',
      body: BookmarkPatchBody,
      handler: ({ session, params, body, connectionId }) =>
        changeBookmark(app, session, params.channel_id!, params.bookmark_id!, body, connectionId),
    }),
    route({
      method: 'DELETE',
      path: `${BASE}/:bookmark_id`,
      access: 'session',
      handler: ({ session, params, connectionId }) =>
        deleteBookmark(app, session, params.channel_id!, params.bookmark_id!, connectionId),
    }),
    route({
      method: 'POST',
      path: `${BASE}/:bookmark_id/sort_order`,
      access: 'session',
      body: Type.Integer(),
      handler: ({ session, params, body, connectionId }) =>
        moveBookmark(app, session, params.channel_id!, params.bookmark_id!, body, connectionId),
    }),
  ]
}
