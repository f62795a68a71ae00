import type { App } from '../app.ts'
import type { Permission } from '../access/permission-ids.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { emojiError } from './emoji.errors.ts'
import { findTeamIds } from './emoji.store.ts'

/** Throws 501 when custom emoji are switched off. */
export function customEmojiEnabled(app: Pick<App, 'config'>): void {
  if (!app.config.get().ServiceSettings.EnableCustomEmoji) throw emojiError('api.emoji.disabled.app_error')
}

/** Throws 403 unless the caller holds an emoji permission: for the system, or in any of his teams. */
export async function permittedEmojis(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  permission: Permission,
): Promise<void> {
  if (app.access.can(session, permission)) return
  for (const teamId of await findTeamIds(app.db, session.userId)) {
    if (await app.access.canInTeam(session, teamId, permission)) return
  }
  throw noPermission(permission)
}
