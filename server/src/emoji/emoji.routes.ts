import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { invalidBody, invalidParam } from '../http/errors.ts'
import { OK, SENT, route } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { OptionalBoolean, Strings, uniqueSorted } from '../http/schema.ts'
import { createEmoji } from './create-emoji.ts'
import { deleteEmoji } from './delete-emoji.ts'
import { customEmojiEnabled } from './emoji-access.ts'
import { emojiImage } from './emoji-image.ts'
import { emojiError } from './emoji.errors.ts'
import { findEmoji, findEmojiByName, findEmojis, searchEmojis } from './emoji.store.ts'
import type { Emoji } from './emoji.store.ts'
import { emojisByNames, isEmojiName } from './known-emoji.ts'

const MAX_NAMES = 200
const SEARCH_LIMIT = 200
const AUTOCOMPLETE_LIMIT = 100
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
    ...lookupRoutes(app),
    route({
      method: 'GET',
      path: '/api/v4/emoji/:emoji_id',
      access: 'session',
      handler: async ({ params }) => {
        customEmojiEnabled(app)
        const emoji = await findEmoji(app.db, params.emoji_id!)
        if (!emoji) throw emojiError('app.emoji.get.no_result')
        return emoji
      },
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
function lookupRoutes(app: App): Route[] {
  return [
    route({ method: 'GET', path: '/api/v4/emoji', access: 'session', handler: (call) => listEmojis(app, call) }),
    route({
      method: 'POST',
      path: '/api/v4/emoji/search',
      access: 'session',
      body: SearchBody,
      handler: ({ body }) => {
        if (body.term === '') throw invalidBody('term')
        return searchEmojis(app.db, body.term, body.prefix_only ?? false, SEARCH_LIMIT)
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/emoji/autocomplete',
      access: 'session',
      handler: ({ query }) => {
        const name = query.text('name')
        if (name === '' || name.includes('\0')) throw invalidParam('name')
        return searchEmojis(app.db, name, true, AUTOCOMPLETE_LIMIT)
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/emoji/name/:emoji_name',
      access: 'session',
      handler: ({ params }) => emojiByName(app, params.emoji_name!),
    }),
    route({
      method: 'POST',
      path: '/api/v4/emoji/names',
      access: 'session',
      body: Strings,
      handler: ({ body }) => {
        customEmojiEnabled(app)
        const names = uniqueSorted(body)
        if (names.length > MAX_NAMES) {
          throw emojiError('api.emoji.get_multiple_by_name_too_many.request_error', { MaxNames: MAX_NAMES })
        }
        return emojisByNames(app.db, names)
      },
    }),
  ]
}

function listEmojis(app: App, { query }: Call<'session'>): Promise<Emoji[]> {
  customEmojiEnabled(app)
  const sort = query.text('sort')
  if (sort !== '' && sort !== 'name') throw invalidParam('sort')
  return findEmojis(app.db, query.paging(), sort === 'name')
}

async function emojiByName(app: App, name: string): Promise<Emoji> {
  customEmojiEnabled(app)
  if (!isEmojiName(name)) throw invalidParam('emoji_name')
  const emoji = await findEmojiByName(app.db, name)
  if (!emoji) throw emojiError('app.emoji.get_by_name.no_result')
  return emoji
}

async function sendImage(app: App, { params, reply }: Call<'session'>): Promise<typeof SENT> {
  customEmojiEnabled(app)
  const { bytes, type } = await emojiImage(app, params.emoji_id!)
  reply.headers({ 'Content-Type': type, 'Cache-Control': 'max-age=2592000, private' }).send(bytes)
  return SENT
}
