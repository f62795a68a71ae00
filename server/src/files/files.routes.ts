import type { App } from '../app.ts'
import type { Route } from '../http/route.ts'

export function fileRoutes(_app: App): Route[] {
  return []
}
