import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Post } from '../posts/post.ts'
import { readablePost } from '../posts/post-access.ts'
import type { Session } from '../sessions/session.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { threadError } from './threads.errors.ts'

type Parts = Pick<App, 'access' | 'db'>

/** Throws 403 unless the caller may see the team and speak for the user. */
export async function permittedThreads(app: Parts, session: Session, userId: string, teamId: string): Promise<void> {
  await selfOrEditor(app, session, userId)
  if (!(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
}

/** The root of a thread that the caller may read and speak for the user in. Throws 404 for anything that is no root. */
export async function permittedThread(app: Parts, session: Session, userId: string, rootId: string): Promise<Post> {
  await selfOrEditor(app, session, userId)
  const post = await readablePost(app, session, rootId)
  if (post.root_id !== '') throw threadError('app.user.get_threads_for_user.not_found')
  // Somebody else's thread list is bound to what that person may read, not to what his editor may.
  const channel = await app.access.channel(post.channel_id)
  const own = await app.access.channelMember(post.channel_id, userId)
  if (!own && channel?.type !== 'O') throw noPermission('read_channel_content')
  return post
}
