import type { App } from '../app.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { createPost } from './create-post.ts'
import { CreatePostBody } from './posts.schemas.ts'

export function postRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/posts',
      access: 'session',
      body: CreatePostBody,
      status: 201,
      handler: ({ session, body }) => createPost(app, session, body),
    }),
  ]
}
