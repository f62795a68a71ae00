import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { deleteDraft } from './delete-draft.ts'
import { checkOwnDrafts } from './draft-access.ts'
import { DraftBody } from './draft.ts'
import { listDrafts } from './list-drafts.ts'
import { saveDraft } from './upsert-draft.ts'

/** What people have begun to write. */
export function draftRoutes(app: App): Route[] {
  const remove = async ({ session, params, connectionId }: Call<'session'>) => {
    checkOwnDrafts(app, session, params.user_id!)
    const { channel_id: channelId, thread_id: rootId } = params
    await app.unitOfWork.single((tx) => deleteDraft(tx, session.userId, channelId!, rootId ?? '', connectionId))
    return OK
  }
  return [
    route({
      method: 'POST',
      path: '/api/v4/drafts',
      access: 'session',
      body: DraftBody,
      status: 201,
      handler: ({ session, body, connectionId }) => saveDraft(app, session, body, connectionId),
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/teams/:team_id/drafts',
      access: 'session',
      handler: ({ session, params }) => listDrafts(app, session, params.user_id!, params.team_id!),
    }),
    route({
      method: 'DELETE',
      path: '/api/v4/users/:user_id/channels/:channel_id/drafts',
      access: 'session',
      handler: remove,
    }),
    route({
      method: 'DELETE',
      path: '/api/v4/users/:user_id/channels/:channel_id/drafts/:thread_id',
      access: 'session',
      handler: remove,
    }),
  ]
}
