import type { App } from '../app.ts'
import { generalError, noPermission } from '../http/errors.ts'
import { isId } from '../ids.ts'
import { invalidSocketParam } from '../realtime/actions.ts'
import type { SocketAction } from '../realtime/actions.ts'
import { sayTyping } from './say-typing.ts'

/**
 * `user_typing` over a socket: tells the others in a channel. Its refusals: 503 while the server is busy, 400 for a
 * `channel_id` that is no id, 403 for who may not post there. A `parent_id` that is no text counts as none.
 */
export function typingActions(app: App): Record<string, SocketAction> {
  return {
    user_typing: async ({ session, data }) => {
      if (app.serverBusy.isBusy) throw generalError('api.context.server_busy.app_error')
      const { channel_id: channelId, parent_id: parentId } = data
      if (!isId(channelId)) throw invalidSocketParam('channel_id')
      const allowed = await app.access.canInChannel(session, channelId, 'create_post')
      if (!allowed) throw noPermission('create_post')
      await sayTyping(app, session, channelId, typeof parentId === 'string' ? parentId : '')
    },
  }
}
