import { findMemberships } from '../access/memberships.store.ts'
import type { App } from '../app.ts'
import { deactivateUser } from './deactivate-user.ts'
import { eraseUserRows, findAllUserIds } from './erase-user.store.ts'
import { existingUser } from './user-access.ts'

/**
 * Deletes an account for good, with its posts, the replies below them, its files and settings. There is no way back.
 * Who may do this, the caller has checked. Throws 404.
 */
export async function eraseUser(app: App, userId: string): Promise<void> {
  await existingUser(app, userId)
  // First everybody learns that the person is gone, and nobody can write any more.
  await deactivateUser(app, userId)
  const { channelIds, teamIds } = await findMemberships(app.db, userId)
  const paths = await app.unitOfWork(async (tx) => {
    const files = await eraseUserRows(tx.db, userId)
    for (const channelId of channelIds) tx.changed({ kind: 'channelMember', channelId, userId, present: false })
    for (const teamId of teamIds) tx.changed({ kind: 'teamMember', teamId, userId, present: false })
    tx.changed({ kind: 'sessions', userId })
    tx.changed({ kind: 'user', userId })
    // His posts are gone from every channel that he ever wrote in.
    tx.changed({ kind: 'everything' })
    return files
  })
  await removeFiles(app, [...paths, `users/${userId}/profile.png`])
}

/** Deletes every account. Only for the local socket. */
export async function eraseAllUsers(app: App): Promise<void> {
  for (const userId of await findAllUserIds(app.db)) await eraseUser(app, userId)
}

async function removeFiles(app: App, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await app.files.remove(path).catch((error: unknown) => {
      app.log.warn({ err: error, path }, 'a file of a deleted account is left behind')
    })
  }
}
