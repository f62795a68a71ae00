import type { App } from '../app.ts'
import type { SocketAction } from '../realtime/actions.ts'

export function statusActions(_app: App): Record<string, SocketAction> {
  return {}
}
