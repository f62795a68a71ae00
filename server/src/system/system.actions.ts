import { hostname } from 'node:os'
import { VERSION } from '../version.ts'
import type { App } from '../app.ts'
import type { SocketAction } from '../realtime/actions.ts'
import type { Viewing } from '../realtime/connection.ts'

/** `ping` keeps a connection known to be alive; `presence` says what the client is looking at. */
export function systemActions(_app: App): Record<string, SocketAction> {
  return {
    ping: () => ({ text: 'pong', version: VERSION, server_time: Date.now(), node_id: hostname() }),
    presence: ({ connection, data }) => {
      const viewing: Viewing = connection.viewing
      if (typeof data.channel_id === 'string') viewing.channelId = data.channel_id
      if (typeof data.team_id === 'string') viewing.teamId = data.team_id
      if (typeof data.thread_channel_id === 'string') {
        viewing.threadChannelId = data.thread_channel_id
        viewing.isThreadView = data.is_thread_view === true
      }
    },
    posted_notify_ack: () => undefined,
  }
}
