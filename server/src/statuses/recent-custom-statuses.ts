import type { App } from '../app.ts'
import type { Queries } from '../database/pool.ts'
import { preferenceValue } from '../preferences/preference-value.ts'
import { writePreferences } from '../preferences/write-preferences.ts'
import type { Session } from '../sessions/session.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { recentOf, withoutRecent } from './custom-status.ts'
import type { CustomStatus, CustomStatusDraft } from './custom-status.ts'
import { customStatusesOn } from './custom-status-access.ts'
import { statusError } from './statuses.errors.ts'

/** Clients offer the recent statuses from this preference. */
export const RECENT = { category: 'custom_status', name: 'recent_custom_statuses' } as const

/** The custom statuses a user set last, the newest first. */
export async function recentCustomStatuses(db: Queries, userId: string): Promise<CustomStatus[]> {
  return recentOf(await preferenceValue(db, userId, RECENT.category, RECENT.name))
}

/** Forgets one recent status. Throws 403 for other people, 400 for one that is not in the list. */
export async function removeRecentCustomStatus(
  app: App,
  session: Session,
  userId: string,
  gone: CustomStatusDraft,
): Promise<void> {
  customStatusesOn(app)
  await selfOrEditor(app, session, userId)
  await app.unitOfWork(async (tx) => {
    const rest = withoutRecent(await recentCustomStatuses(tx.db, userId), gone)
    if (!rest) throw statusError('api.custom_status.recent_custom_statuses.delete.app_error')
    await writePreferences(tx, userId, [{ ...RECENT, user_id: userId, value: JSON.stringify(rest) }])
  })
}
