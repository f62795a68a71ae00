import type { App } from '../app.ts'
import { statusError } from './statuses.errors.ts'

/** Throws 501 while custom statuses are switched off. */
export function customStatusesOn(app: Pick<App, 'config'>): void {
  if (!app.config.get().TeamSettings.EnableCustomUserStatuses) throw statusError('api.custom_status.disabled')
}
