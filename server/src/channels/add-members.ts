import type { App } from '../app.ts'
import type { ChannelCore, UserCore } from '../access/access.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import type { AppError } from '../http/errors.ts'
import { uniqueSorted } from '../http/schema.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { teamError } from '../teams/teams.errors.ts'
import { userError } from '../users/users.errors.ts'
import type { ChannelMember } from './channel.ts'
import { existingChannel, permissionFor } from './channel-access.ts'
import { memberError } from './channel-members.errors.ts'
import { findMembersByIds, findOutsideGroups, isPostOf } from './channel-members.store.ts'
import { memberFor } from './channel-view.ts'
import type { MembersToAdd } from './channels.schemas.ts'
import { announceMember } from './join-default-channels.ts'
import { insertMembers } from './memberships.store.ts'
import { addNotice, joinNotice, postNotice } from './system-posts.ts'

const MAX_AT_ONCE = 1000

/**
 * Adds people to a channel, or the caller joins it. Answers with one membership for `user_id`, with a list for
 * `user_ids`; who is a member already stays one. Of a list, those who cannot be added are left out, and only when
 * nobody is left does it throw: 403 without the right to, 404 for somebody outside the team, 400 for direct, group
 * and archived channels.
 */
export async function addMembers(
  app: App,
  session: Session,
  channelId: string,
  body: MembersToAdd,
): Promise<ChannelMember | ChannelMember[]> {
  const single = body.user_id ?? ''
  const wanted = body.user_ids?.length ? uniqueSorted(body.user_ids) : [single]
  if (!wanted.every(isId) || wanted.length > MAX_AT_ONCE) throw invalidBody(single ? 'user_id' : 'user_ids')
  const rootId = body.post_root_id ?? ''
  if (rootId && !(isId(rootId) && (await isPostOf(app.db, rootId, channelId)))) throw invalidBody('post_root_id')
  const channel = await existingChannel(app, channelId)
  if (!channel.teamId) throw memberError('api.channel.add_user_to_channel.type.app_error')
  await checkRight(app, session, channel, wanted)
  const { people, problem } = await admissible(app, session, channel, wanted)
  if (problem && people.length === 0) throw problem
  await join(app, session, channel, people, rootId)
  const rows = await findMembersByIds(
    app.db,
    channelId,
    people.map((user) => user.id),
  )
  const members = rows.map((row) => memberFor(app, session, row))
  return body.user_ids?.length ? members : members[0]!
}

/** Joining a public channel oneself is one right; bringing others, or coming back into a private one, is another. */
async function checkRight(app: App, session: Session, channel: ChannelCore, wanted: readonly string[]): Promise<void> {
  const onlySelf = wanted.length === 1 && wanted[0] === session.userId
  if (onlySelf && (await app.access.channelMember(channel.id, session.userId))) return
  if (onlySelf && channel.type === 'O') {
    if (await app.access.canInTeam(session, channel.teamId, 'join_public_channels')) return
    throw noPermission('join_public_channels')
  }
  const permission = permissionFor(channel, ['manage_public_channel_members', 'manage_private_channel_members'])
  if (!(await app.access.canInChannel(session, channel.id, permission))) throw noPermission(permission)
}

/** Which of the people may become members, and what is wrong with the last one who may not. */
async function admissible(
  app: App,
  session: Session,
  channel: ChannelCore,
  wanted: readonly string[],
): Promise<{ people: UserCore[]; problem: AppError | undefined }> {
  if (channel.deleteAt > 0) throw memberError('api.channel.add_user_to_channel.deleted.app_error')
  const outside = channel.groupConstrained ? await findOutsideGroups(app.db, channel.id, wanted) : []
  if (outside.length > 0) throw memberError('api.channel.add_members.user_denied')
  const people: UserCore[] = []
  let problem: AppError | undefined
  for (const id of wanted) {
    const user = await app.access.user(id)
    if (!user || !(await app.access.canSeeUser(session, id))) problem = userError('app.user.missing_account.const')
    else if (user.deleteAt > 0) problem = memberError('app.channel.add_member.deleted_user.app_error')
    else if (!(await app.access.teamMember(channel.teamId, id))) {
      problem = teamError('app.team.get_member.missing.app_error')
    } else people.push(user)
  }
  return { people, problem }
}

async function join(
  app: App,
  session: Session,
  channel: ChannelCore,
  people: readonly UserCore[],
  rootId: string,
): Promise<void> {
  const added = await app.unitOfWork(async (tx) => {
    const members = people.map((user) => ({ userId: user.id, guest: user.isGuest, admin: false }))
    const ids = await insertMembers(tx.db, channel.id, members, Date.now())
    for (const id of ids) announceMember(tx, channel.id, channel.teamId, id)
    return new Set(ids)
  })
  const by = await app.access.user(session.userId)
  const joined = people.filter((user) => added.has(user.id))
  const notices = joined.map((user) =>
    by && by.id !== user.id ? { ...addNotice(channel.id, user, by), rootId } : joinNotice(channel.id, user),
  )
  await Promise.all(notices.map((notice) => postNotice(app, notice)))
}
