import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { OK, SENT, route } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { OptionalBoolean, Strings, uniqueSorted } from '../http/schema.ts'
import { createEmoji } from './create-emoji.ts'
import { deleteEmoji } from './delete-emoji.ts'
import { customEmojiEnabled } from './emoji-access.ts'
import { emojiImage } from './emoji-image.ts'
import {
  autocompleteEmojis,
  getEmoji,
  getEmojiByName,
  getEmojisByNames,
  listEmojis,
  searchForEmojis,
} from './find-emojis.ts'

const SearchBody = Type.Object({ term: Type.String(), prefix_only: OptionalBoolean })

export function emojiRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/emoji',
      access: 'session',
      raw: true,
      maxFileSize: true,
      handler: ({ session, request }) => createEmoji(app, session, request),
    }),
    ...listRoutes(app),
    route({
      method: 'GET',
      path: '/api/v4/emoji/:emoji_id',
      access: 'session',
      handler: ({ params }) => getEmoji(app, params.emoji_id!),
    }),
    route({
      method: 'DELETE',
      path: '/api/v4/emoji/:emoji_id',
      access: 'session',
      handler: async ({ session, params }) => {
        await deleteEmoji(app, session, params.emoji_id!)
        return OK
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/emoji/:emoji_id/image',
      access: 'session',
      noCsrf: true,
      handler: (call) => sendImage(app, call),
    }),
  ]
}

/** Lists and searches. */
function listRoutes(app: App): Route[] {
  return [
    route({ method: 'GET', path: '/api/v4/emoji', access: 'session', handler: ({ query }) => listEmojis(app, query) }),
    route({
      method: 'POST',
      path: '/api/v4/emoji/search',
      access: 'session',
      body: SearchBody,
      handler: ({ body }) => searchForEmojis(app, body.term, body.prefix_only ?? false),
    }),
    route({
      method: 'GET',
      path: '/api/v4/emoji/autocomplete',
      access: 'session',
      handler: ({ query }) => autocompleteEmojis(app, query.text('name')),
    }),
    route({
      method: 'GET',
      path: '/api/v4/emoji/name/:emoji_name',
      access: 'session',
      handler: ({ params }) => getEmojiByName(app, params.emoji_name!),
    }),
    route({
      method: 'POST',
      path: '/api/v4/emoji/names',
      access: 'session',
      body: Strings,
      handler: ({ body }) => getEmojisByNames(app, uniqueSorted(body)),
    }),
  ]
}

async function sendImage(app: App, { params, reply }: Call<'session'>): Promise<typeof SENT> {
  customEmojiEnabled(app)
  const { bytes, type } = await emojiImage(app, params.emoji_id!)
  reply.headers({ 'Content-Type': type, 'Cache-Control': 'max-age=2592000, private' }).send(bytes)
  return SENT
}
