import type { App } from '../app.ts'
import { permittedChannel } from '../channels/channel-access.ts'
import { sayTyping } from '../channels/say-typing.ts'
import { noPermission } from '../http/errors.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { note } from './audit.ts'
import { listAudits } from './list-audits.ts'
import { patchUser, updateUser } from './update-user.ts'
import { viewFor } from './user-view.ts'
import { PatchUserBody, TypingBody, UpdateUserBody } from './users.schemas.ts'

const PATH = '/api/v4/users/:user_id'

/** What people do with their own accounts. */
export function profileRoutes(app: App): Route[] {
  return [
    route({
      method: 'PUT',
      path: PATH,
      access: 'session',
      local: true,
      body: UpdateUserBody,
      handler: async (call) => {
        const user = await updateUser(app, call.session, call.params.user_id!, call.body)
        await note(app, call, 'updated')
        return viewFor(app, call.session, user)
      },
    }),
    route({
      method: 'PUT',
      path: `${PATH}/patch`,
      access: 'session',
      body: PatchUserBody,
      handler: async (call) => {
        const user = await patchUser(app, call.session, call.params.user_id!, call.body)
        await note(app, call, 'patched')
        return viewFor(app, call.session, user)
      },
    }),
    route({
      method: 'GET',
      path: `${PATH}/audits`,
      access: 'session',
      noStore: true,
      handler: async ({ session, params, query }) => {
        const { offset, perPage } = query.paging()
        return listAudits(app, session, params.user_id!, { offset, limit: perPage })
      },
    }),
    route({
      method: 'POST',
      path: `${PATH}/typing`,
      access: 'session',
      body: TypingBody,
      handler: async ({ session, params, body }) => {
        if (session.userId !== params.user_id) throw noPermission('edit_other_users')
        const channel = await permittedChannel(app, session, body.channel_id, 'create_post')
        await sayTyping(app, session, channel.id, body.parent_id ?? '')
        return OK
      },
    }),
  ]
}
