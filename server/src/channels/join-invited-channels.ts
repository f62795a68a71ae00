import type { App } from '../app.ts'
import type { UserCore } from '../access/access.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { announceMember } from './join-default-channels.ts'
import { insertMembers } from './memberships.store.ts'
import { addNotice, joinNotice, postNotice } from './system-posts.ts'

/**
 * Brings somebody into the channels that an invitation named, inside the caller's unit of work; the channels are told
 * after the commit. The caller has checked that they are live channels of the team: nothing is looked up here, because
 * that would take a second connection while the first is held.
 */
export async function joinInvitedChannels(
  app: App,
  tx: Tx,
  teamId: string,
  user: UserCore,
  channelIds: readonly string[],
  addedBy: UserCore | null,
): Promise<void> {
  const joined: string[] = []
  for (const channelId of channelIds) {
    const member = { userId: user.id, guest: user.isGuest, admin: false }
    if ((await insertMembers(tx.db, channelId, [member], Date.now())).length === 0) continue
    joined.push(channelId)
    announceMember(tx, channelId, teamId, user.id)
  }
  tx.afterCommit(() => app.background(sayJoined(app, joined, user, addedBy)))
}

async function sayJoined(app: App, channelIds: readonly string[], user: UserCore, by: UserCore | null): Promise<void> {
  for (const id of channelIds) await postNotice(app, by ? addNotice(id, user, by) : joinNotice(id, user))
}
