import type { App } from '../app.ts'
import type { Together } from '../posts/post-writer.ts'
import type { ServerEvent } from '../realtime/events.ts'
import { deleteDraft } from './delete-draft.ts'

/**
 * For the author of a post: what removes the draft that the post was, in the post's transaction, and tells his other
 * clients. Undefined when there is no draft in this place, which costs no query.
 */
export async function dropPostedDraft(
  app: Pick<App, 'draftPlaces'>,
  userId: string,
  { channelId, rootId, connectionId }: { channelId: string; rootId: string; connectionId: string },
): Promise<Together | undefined> {
  if (!(await app.draftPlaces.mayHold(userId, channelId, rootId))) return undefined
  return {
    changes: [{ kind: 'drafts', userId }],
    also: async (db) => {
      const events: ServerEvent[] = []
      await deleteDraft({ db, publish: (event) => events.push(event) }, userId, channelId, rootId, connectionId)
      return events
    },
  }
}
