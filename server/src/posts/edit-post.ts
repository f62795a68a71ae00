import { isDeepStrictEqual } from 'node:util'
import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { attachableFiles, attachFiles } from '../files/attach-files.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { parseHashtags } from '../text/hashtags.ts'
import { MAX_FILES, SERVER_PROPS, checkMessage, ownProps } from './build-post.ts'
import { withReplies } from './complete-list.ts'
import { changeablePost, checkMayEdit } from './post-access.ts'
import { postChangeError } from './post-changes.errors.ts'
import { postEdited } from './post-edited.ts'
import { findAnyPost, findPost } from './posts.store.ts'
import { keepVersionOf, lockPost, removeFiles, replacePost, restoreFiles } from './post-history.store.ts'
import { preparePosts } from './prepare-posts.ts'
import { postError } from './posts.errors.ts'
import { findServerProps, withServerProps } from './server-props.ts'
import { authorSession } from './system-post.ts'
import { withRoot } from './post.ts'
import type { Post } from './post.ts'

/** What an edit changes; what is not given stays as it is. */
export interface PostChange {
  readonly message?: string | null
  readonly props?: Readonly<Record<string, unknown>> | null
  readonly file_ids?: readonly string[] | null
  readonly is_pinned?: boolean | null
}

/**
 * Changes a post and keeps what it was as an earlier version. Nobody is mentioned anew. Throws 404 for a missing post,
 * 403 without the right to edit it, 400 in an archived channel, for a message of the system, after the time limit, and
 * for what a post cannot be.
 */
export async function editPost(app: App, session: Session, postId: string, change: PostChange): Promise<Post> {
  const post = await changeablePost(app, session, postId)
  await checkMayEdit(app, session, post)
  const edit = await checkedEdit(app, session, post, change)
  const added = (edit.file_ids ?? []).filter((id) => !post.file_ids.includes(id))
  const free = await attachableFiles(app, session, post.channel_id, added)
  const found = edit.message === undefined ? undefined : await findServerProps(app, session, { ...post, ...edit })
  return write(app, session, { ...post, ...edit }, async (tx, before, at) => {
    const props = edit.props ? { ...edit.props, ...serverProps(before.props) } : before.props
    const file_ids = edit.file_ids
      ? await changeFiles(tx, session, before, { wanted: edit.file_ids, free, at })
      : before.file_ids
    return { ...before, ...edit, file_ids, props: found ? withServerProps(props, found) : props }
  })
}

/**
 * Makes an earlier version of a post its present one, files included; the present one becomes an earlier version. Throws
 * as `editPost` does, and 400 for an id that is no version of this post.
 */
export async function restoreVersion(app: App, session: Session, postId: string, versionId: string): Promise<Post> {
  const post = await changeablePost(app, session, postId)
  await checkMayEdit(app, session, post)
  const version = await findAnyPost(app.db, versionId)
  if (version?.original_id !== postId) {
    throw postChangeError('app.post.restore_post_version.not_an_history_item.app_error')
  }
  const edit = await checkedEdit(app, session, post, { message: version.message })
  const found = await findServerProps(app, session, { ...post, ...edit })
  return write(app, session, { ...post, ...edit }, async (tx, before, at) => {
    const removed = before.file_ids.filter((id) => !version.file_ids.includes(id))
    await removeFiles(tx.db, before.id, removed, at)
    const present = await restoreFiles(tx.db, before.id, version.file_ids, at)
    const file_ids = version.file_ids.filter((id) => present.has(id))
    return { ...before, ...edit, file_ids, props: withServerProps(before.props, found) }
  })
}

/** Pins or unpins a post: everyone who may read it may do so. Throws 404, 403, and 400 in an archived channel. */
export async function pinPost(app: App, session: Session, postId: string, pinned: boolean): Promise<Post> {
  const post = await changeablePost(app, session, postId)
  return write(app, session, post, async (_tx, before) => ({ ...before, is_pinned: pinned }))
}

/**
 * Changes a post as the integration behind it answered a click; a missing `props` stays as it was. What only the server
 * says stays, and so do pin, files and reactions. Of posts that programs made no earlier versions are kept: every click
 * of anybody could make one. Throws 404 when the post is gone, 400 for what a post cannot be.
 */
export async function updateByIntegration(
  app: App,
  post: Post,
  { message, props }: { message: string; props: Readonly<Record<string, unknown>> | null },
): Promise<void> {
  checkMessage(app, message)
  const author = authorSession(post.user_id, await app.access.user(post.user_id))
  const own = props && (await clientProps(app, author, props))
  const hashtags = parseHashtags(message, app.config.get().ServiceSettings.MinimumHashtagLength)
  const next = { ...post, message, hashtags, props: own ?? post.props }
  const found = await findServerProps(app, author, next)
  const keepVersion = post.props.from_webhook !== 'true' && post.props.from_bot !== 'true'
  const change = async (_tx: Tx, before: Post) => {
    const kept = own ? { ...own, ...serverProps(before.props) } : before.props
    return { ...before, message, hashtags, props: withServerProps(kept, found) }
  }
  await write(app, author, next, change, keepVersion)
}

type Edit = Partial<Pick<Post, 'message' | 'hashtags' | 'props' | 'file_ids' | 'is_pinned'>>

/** The change in the form of a post's fields, checked; `props` without what only the server says. */
async function checkedEdit(app: App, session: Session, post: Post, change: PostChange): Promise<Edit> {
  const edit: Edit = {}
  if (typeof change.is_pinned === 'boolean') edit.is_pinned = change.is_pinned
  if (change.props) edit.props = await clientProps(app, session, change.props)
  if (change.file_ids) {
    const ids = [...new Set(change.file_ids)].filter(isId)
    if (ids.length > MAX_FILES) throw postError('model.post.is_valid.file_ids.app_error')
    edit.file_ids = ids
  }
  if (typeof change.message === 'string' && change.message !== post.message) {
    checkMessage(app, change.message)
    edit.message = change.message
    edit.hashtags = parseHashtags(change.message, app.config.get().ServiceSettings.MinimumHashtagLength)
  }
  if (edit.message !== undefined || (edit.file_ids && !isDeepStrictEqual(edit.file_ids, post.file_ids))) {
    checkTimeLimit(app, post)
  }
  return edit
}

function checkTimeLimit(app: Pick<App, 'config'>, post: Post): void {
  const seconds = app.config.get().ServiceSettings.PostEditTimeLimit
  if (seconds < 0 || Date.now() <= post.create_at + seconds * 1000) return
  throw postChangeError('api.post.update_post.permissions_time_limit.app_error', { timeLimit: seconds })
}

/** A client's props without what only the server may say. The sender's marks are those of the post, not of the editor. */
async function clientProps(
  app: Pick<App, 'access'>,
  session: Session,
  props: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const own = await ownProps(app, session, props)
  for (const name of SERVER_PROPS) delete own[name]
  return own
}

function serverProps(props: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(SERVER_PROPS.filter((name) => name in props).map((name) => [name, props[name]]))
}

/** Hangs new files on the post and takes removed ones off. Answers the files that it has then. */
async function changeFiles(
  tx: Tx,
  session: Session,
  before: Post,
  { wanted, free, at }: { wanted: readonly string[]; free: readonly string[]; at: number },
): Promise<string[]> {
  const attached = await attachFiles(tx.db, before.id, before.channel_id, session.userId, free)
  const present = new Set([...before.file_ids, ...attached.map((file) => file.id)])
  const removed = before.file_ids.filter((id) => !wanted.includes(id))
  await removeFiles(tx.db, before.id, removed, at)
  return wanted.filter((id) => present.has(id))
}

/** Runs an edit on the locked post, unless nothing changes, and tells the channel. `likely` is what will come of it. */
async function write(
  app: App,
  session: Session,
  likely: Post,
  change: (tx: Tx, before: Post, at: number) => Promise<Post>,
  keepVersion = true,
): Promise<Post> {
  // Link previews and permissions are looked up now: in the transaction they must be at hand.
  await preparePosts(app, null, [likely])
  await app.unitOfWork(async (tx) => {
    const before = await lockPost(tx.db, likely.id)
    if (!before) throw postError('app.post.get.app_error')
    const at = Math.max(Date.now(), before.update_at + 1)
    const after = await change(tx, before, at)
    if (isDeepStrictEqual(after, before)) return
    const editAt = saysSomethingElse(before, after) ? at : before.edit_at
    const edited = { ...after, edit_at: editAt, update_at: at }
    if (keepVersion) await keepVersionOf(tx.db, before, at)
    await replacePost(tx.db, before, edited)
    tx.changed({ kind: 'posts', ids: [before.id] })
    tx.changed({ kind: 'channelPosts', channelId: before.channel_id, ids: withRoot(before) })
    tx.publish(await postEdited({ ...app, db: tx.db }, edited))
  })
  const now = await findPost(app.db, likely.id)
  if (!now) throw postError('app.post.get.app_error')
  const [prepared] = await withReplies(app, session, [now])
  return prepared!
}

function saysSomethingElse(before: Post, after: Post): boolean {
  if (before.message !== after.message || !isDeepStrictEqual(before.file_ids, after.file_ids)) return true
  return !isDeepStrictEqual(before.props.attachments, after.props.attachments)
}
