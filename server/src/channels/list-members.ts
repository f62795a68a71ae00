import { Readable } from 'node:stream'
import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { uniqueSorted } from '../http/schema.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { selfOrEditor } from '../users/user-access.ts'
import type { ChannelMember } from './channel.ts'
import { channelFor } from './channel-access.ts'
import type { Page } from './channel-lists.store.ts'
import {
  findMember,
  findMembers,
  findMembersByIds,
  findMembershipsAfter,
  findMembershipsInTeam,
} from './channel-members.store.ts'
import type { MemberRow } from './channel-members.store.ts'
import { memberFor, memberView } from './channel-view.ts'
import { channelError } from './channels.errors.ts'

/** A membership with what clients show of its team. */
export interface MemberWithTeam extends ChannelMember {
  team_display_name: string
  team_name: string
  team_update_at: number
}

/** Members of a channel. Throws 403 for who may not read it. */
export async function listMembers(
  app: App,
  session: Session,
  channelId: string,
  { offset, perPage }: Page,
): Promise<ChannelMember[]> {
  await channelFor(app, session, channelId, 'read_channel')
  const rows = await findMembers(app.db, channelId, perPage, offset)
  return rows.map((row) => memberFor(app, session, row))
}

/** Those of the people who are members of a channel. Throws 403 for who may not read it. */
export async function listMembersByIds(
  app: App,
  session: Session,
  channelId: string,
  userIds: readonly string[],
): Promise<ChannelMember[]> {
  if (userIds.length === 0) throw invalidBody('user_ids')
  await channelFor(app, session, channelId, 'read_channel')
  const rows = await findMembersByIds(app.db, channelId, uniqueSorted(userIds.filter(isId)))
  return rows.map((row) => memberFor(app, session, row))
}

/** One membership. Throws 403 for who may not read the channel, 404 for a non-member. */
export async function getMember(app: App, session: Session, channelId: string, userId: string): Promise<ChannelMember> {
  await channelFor(app, session, channelId, 'read_channel')
  const row = await findMember(app.db, channelId, userId)
  if (!row) throw channelError('app.channel.get_member.missing.app_error')
  return memberFor(app, session, row)
}

/** A person's memberships in a team, and in direct and group channels. Throws 403 for others' memberships. */
export async function listMembershipsInTeam(
  app: App,
  session: Session,
  userId: string,
  teamId: string,
): Promise<ChannelMember[]> {
  if (!(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
  if (session.userId !== userId && !app.access.can(session, 'manage_system')) throw noPermission('manage_system')
  const rows = await findMembershipsInTeam(app.db, userId, teamId)
  return rows.map((row) => memberFor(app, session, row))
}

/** A page of a person's memberships in all channels. Throws 403 for others' memberships. */
export async function listMemberships(
  app: App,
  session: Session,
  userId: string,
  { offset, perPage }: Page,
): Promise<MemberWithTeam[]> {
  await selfOrEditor(app, session, userId)
  if (perPage === 0) return []
  const rows = await findMembershipsAfter(app.db, userId, '', perPage, offset)
  return rows.map((row) => withTeam(app, row))
}

const CHUNK = 500

/** All memberships of a person as lines of JSON, read as the client takes them. Throws 403 for others' memberships. */
export async function streamMemberships(app: App, session: Session, userId: string): Promise<Readable> {
  await selfOrEditor(app, session, userId)
  return Readable.from(lines(app, userId), { objectMode: false })
}

async function* lines(app: App, userId: string): AsyncGenerator<string> {
  let after = ''
  for (;;) {
    const rows = await findMembershipsAfter(app.db, userId, after, CHUNK)
    if (rows.length > 0) yield rows.map((row) => `${JSON.stringify(withTeam(app, row))}\n`).join('')
    if (rows.length < CHUNK) return
    after = rows.at(-1)!.channelId
  }
}

function withTeam(app: App, row: MemberRow): MemberWithTeam {
  return {
    ...memberView(app, row),
    team_display_name: row.teamDisplayName,
    team_name: row.teamName,
    team_update_at: row.teamUpdateAt,
  }
}
