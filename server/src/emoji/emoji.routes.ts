import type { App } from '../app.ts'
import type { Route } from '../http/route.ts'

export function emojiRoutes(_app: App): Route[] {
  return []
}
