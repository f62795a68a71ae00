import type { App } from '../app.ts'
import { isId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { deleteDraft } from './delete-draft.ts'
import { checkDraftChannel, checkOwnDrafts } from './draft-access.ts'
import { checkedFields, withFiles } from './draft-fields.ts'
import type { Draft, SentDraft } from './draft.ts'
import { draftError } from './drafts.errors.ts'
import { upsertDraft } from './drafts.store.ts'

/**
 * Keeps what somebody is writing, so that his other clients show it too. An empty draft is deleted instead. Throws 403
 * where he may not post, 400 in an archived channel or for what could not be posted.
 */
export async function saveDraft(app: App, session: Session, sent: SentDraft, connectionId: string): Promise<Draft> {
  checkOwnDrafts(app, session, session.userId)
  await checkDraftChannel(app, session, sent.channel_id)
  const rootId = sent.root_id ?? ''
  if (rootId !== '' && !isId(rootId)) throw draftError('model.draft.is_valid.root_id.app_error')
  const now = Date.now()
  const draft: Draft = {
    create_at: now,
    update_at: now,
    delete_at: 0,
    user_id: session.userId,
    channel_id: sent.channel_id,
    root_id: rootId,
    type: '',
    ...checkedFields(app, sent),
  }
  return app.unitOfWork(async (tx) => {
    if (draft.message === '' && !draft.file_ids) {
      await deleteDraft(tx, session.userId, draft.channel_id, rootId, connectionId)
      return { ...draft, delete_at: now }
    }
    tx.changed({ kind: 'drafts', userId: session.userId })
    const [stored] = await withFiles(tx.db, [await upsertDraft(tx.db, draft)])
    const to = { userId: session.userId, channelId: draft.channel_id, omitConnectionId: connectionId }
    tx.publish(event('draft_created', to, { draft: JSON.stringify(stored) }))
    return stored!
  })
}
