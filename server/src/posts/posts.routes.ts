import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { OK, route } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { dropPostedDraft } from '../drafts/drop-posted-draft.ts'
import { keepSessionAlive } from '../sessions/keep-alive.ts'
import { createPost } from './create-post.ts'
import { deletePost, erasePost } from './delete-post.ts'
import { editPost, pinPost, restoreVersion } from './edit-post.ts'
import { sendEphemeral } from './ephemeral-post.ts'
import { moveThread } from './move-thread.ts'
import { EphemeralPostBody, MoveThreadBody, PatchPostBody, UpdatePostBody } from './post-changes.schemas.ts'
import { CreatePostBody } from './posts.schemas.ts'
import type { PostDraft } from './posts.schemas.ts'

export function postRoutes(app: App): Route[] {
  return [...newPostRoutes(app), ...editRoutes(app), ...pinRoutes(app), ...removalRoutes(app)]
}

function newPostRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/posts',
      access: 'session',
      body: CreatePostBody,
      status: 201,
      handler: (call) => sendPost(app, call),
    }),
    route({
      method: 'POST',
      path: '/api/v4/posts/ephemeral',
      access: 'session',
      body: EphemeralPostBody,
      status: 201,
      handler: ({ session, body }) => sendEphemeral(app, session, body.user_id, body.post),
    }),
  ]
}

/** A person writes: he is there (unless a program says otherwise), his session lives on, what he had begun is done. */
async function sendPost(app: App, call: Call<'session', PostDraft>): Promise<object> {
  const { session, body, connectionId } = call
  const setOnline = !/^(0|f|false)$/i.test(call.query.text('set_online'))
  await keepSessionAlive(app, call)
  const place = { channelId: body.channel_id, rootId: body.root_id ?? '', connectionId }
  const together = await dropPostedDraft(app, session.userId, place)
  const created = await createPost(app, session, body, { together, setOnline })
  if (setOnline) app.statuses.setActive(session.userId)
  else app.statuses.noteActivity(session.userId)
  return created
}

function editRoutes(app: App): Route[] {
  return [
    route({
      method: 'PUT',
      path: '/api/v4/posts/:post_id',
      access: 'session',
      body: UpdatePostBody,
      handler: ({ session, params, body }) => {
        if (body.id !== params.post_id) throw invalidBody('id')
        return editPost(app, session, params.post_id!, body)
      },
    }),
    route({
      method: 'PUT',
      path: '/api/v4/posts/:post_id/patch',
      access: 'session',
      body: PatchPostBody,
      handler: ({ session, params, body }) => editPost(app, session, params.post_id!, body),
    }),
    route({
      method: 'POST',
      path: '/api/v4/posts/:post_id/restore/:restore_version_id',
      access: 'session',
      handler: ({ session, params }) => restoreVersion(app, session, params.post_id!, params.restore_version_id!),
    }),
  ]
}

function pinRoutes(app: App): Route[] {
  return [true, false].map((pinned) =>
    route({
      method: 'POST',
      path: `/api/v4/posts/:post_id/${pinned ? 'pin' : 'unpin'}`,
      access: 'session',
      handler: async ({ session, params }) => {
        await pinPost(app, session, params.post_id!, pinned)
        return OK
      },
    }),
  )
}

function removalRoutes(app: App): Route[] {
  return [
    route({
      method: 'DELETE',
      path: '/api/v4/posts/:post_id',
      access: 'session',
      local: true,
      handler: async ({ session, params, query }) => {
        if (query.flag('permanent')) await erasePost(app, session, params.post_id!)
        else await deletePost(app, session, params.post_id!)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/posts/:post_id/move',
      access: 'session',
      body: MoveThreadBody,
      handler: async ({ session, params, body }) => {
        await moveThread(app, session, params.post_id!, body.channel_id)
        return OK
      },
    }),
  ]
}
