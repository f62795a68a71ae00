import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { invalidParam } from '../http/errors.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { Id, Ids, uniqueSorted } from '../http/schema.ts'
import { isEmojiName } from '../emoji/known-emoji.ts'
import { listReactions } from './list-reactions.ts'
import { react, unreact } from './react.ts'
import { readablePost } from '../posts/post-access.ts'

const ReactionBody = Type.Object({ user_id: Id, post_id: Id, emoji_name: Type.String() })

export function reactionRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/reactions',
      access: 'session',
      body: ReactionBody,
      handler: ({ session, body }) => react(app, session, body),
    }),
    route({
      method: 'DELETE',
      path: '/api/v4/users/:user_id/posts/:post_id/reactions/:emoji_name',
      access: 'session',
      handler: async ({ session, params }) => {
        const { user_id, post_id, emoji_name } = params as Record<'user_id' | 'post_id' | 'emoji_name', string>
        if (!isEmojiName(emoji_name)) throw invalidParam('emoji_name')
        await unreact(app, session, { user_id, post_id, emoji_name })
        return OK
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/posts/:post_id/reactions',
      access: 'session',
      handler: async ({ session, params }) => {
        const post = await readablePost(app, session, params.post_id!)
        return (await listReactions(app, session, [post.id]))[post.id]
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/posts/ids/reactions',
      access: 'session',
      body: Ids,
      handler: ({ session, body }) => listReactions(app, session, uniqueSorted(body)),
    }),
  ]
}
