import type { App } from '../app.ts'
import { notModified, SENT } from '../http/route.ts'
import type { Call } from '../http/route.ts'
import { VERSION } from '../version.ts'
import type { User } from './user.ts'
import { withTerms } from './user-access.ts'
import { viewerOf, viewFor } from './user-view.ts'
import type { UserView } from './user-view.ts'

/** Answers with one user, or 304 when the client has him as he is. */
export async function sendUser(app: App, call: Call<'session'>, found: User): Promise<UserView | typeof SENT> {
  const known = viewerOf(app, call.session, found.id) !== 'other'
  const user = known ? await withTerms(app, found) : found
  return notModified(call as Call, etagOf(app, user)) ? SENT : viewFor(app, call.session, user)
}

function etagOf(app: App, user: User): string {
  const { ShowEmailAddress, ShowFullName } = app.config.get().PrivacySettings
  const terms = [user.terms_of_service_id ?? '', user.terms_of_service_create_at ?? 0]
  const parts = [user.id, user.update_at, ...terms, ShowFullName, ShowEmailAddress, user.bot_last_icon_update]
  return [VERSION, ...parts].join('.')
}
