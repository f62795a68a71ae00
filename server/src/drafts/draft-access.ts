import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { draftError } from './drafts.errors.ts'

/** Drafts are everyone's own, administrators included. Throws 501 while the server keeps none, 403 for other people. */
export function checkOwnDrafts(app: Pick<App, 'config'>, session: Session, userId: string): void {
  if (!app.config.get().ServiceSettings.AllowSyncedDrafts) throw draftError('api.drafts.disabled.app_error')
  if (session.userId !== userId) throw noPermission('own drafts')
}

/** Throws 403 unless the caller may post in the channel, 400 when it is archived. */
export async function checkDraftChannel(app: Pick<App, 'access'>, session: Session, channelId: string): Promise<void> {
  const channel = await app.access.channel(channelId)
  const allowed =
    channel &&
    ((await app.access.canInChannel(session, channelId, 'create_post')) ||
      (channel.type === 'O' && (await app.access.canInTeam(session, channel.teamId, 'create_post_public'))))
  if (!allowed) throw noPermission('create_post')
  if (channel.deleteAt > 0) throw draftError('api.draft.create_draft.can_not_draft_to_deleted.error')
}
