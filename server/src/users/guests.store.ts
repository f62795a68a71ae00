import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** What promoting or demoting leaves of a membership. */
interface Flags {
  readonly roles: string
  readonly schemeGuest: boolean
  readonly schemeUser: boolean
  readonly schemeAdmin: boolean
}
export type ChangedTeamMember = Flags & { readonly teamId: string; readonly userId: string; readonly deleteAt: number }

const flagsOf = (guest: boolean): Flags => ({
  roles: '',
  schemeGuest: guest,
  schemeUser: !guest,
  schemeAdmin: false,
})

/** Makes all of a user's live team memberships those of a guest, or of a member. */
export async function setTeamFlags(db: Queries, userId: string, guest: boolean): Promise<ChangedTeamMember[]> {
  const flags = flagsOf(guest)
  const rows = await db
    .updateTable('teammembers')
    .set({ roles: '', schemeguest: guest, schemeuser: !guest, schemeadmin: false })
    .where('teammembers.userid', '=', userId)
    .where('teammembers.deleteat', '=', 0)
    .returning('teammembers.teamid')
    .execute()
  return rows.map((row) => ({ ...flags, teamId: row.teamid, userId, deleteAt: 0 }))
}

/** The same for channels. The rows are as the channel view reads them. */
export async function setChannelFlags(db: Queries, userId: string, guest: boolean, now: number) {
  const rows = await db
    .updateTable('channelmembers')
    .set({ roles: '', schemeguest: guest, schemeuser: !guest, schemeadmin: false, lastupdateat: now })
    .from('channels as c')
    .leftJoin('teams as t', 't.id', 'c.teamid')
    .whereRef('c.id', '=', 'channelmembers.channelid')
    .where('channelmembers.userid', '=', userId)
    .returningAll('channelmembers')
    .returning(['c.schemeid as channelschemeid', 't.schemeid as teamschemeid'])
    .execute()
  return rows.map((row) => ({
    ...flagsOf(guest),
    channelId: row.channelid,
    userId,
    lastViewedAt: row.lastviewedat ?? 0,
    msgCount: row.msgcount ?? 0,
    msgCountRoot: row.msgcountroot ?? 0,
    mentionCount: row.mentioncount ?? 0,
    mentionCountRoot: row.mentioncountroot ?? 0,
    urgentMentionCount: row.urgentmentioncount ?? 0,
    notifyProps: (row.notifyprops ?? {}) as Record<string, string>,
    lastUpdateAt: now,
    channelSchemeId: row.channelschemeid ?? '',
    teamSchemeId: row.teamschemeid ?? '',
    teamName: '',
    teamDisplayName: '',
    teamUpdateAt: 0,
  }))
}

/** Sessions say of themselves whether they are a guest's; servers that take the database over read it there. */
export async function setSessionsGuest(db: Queries, userId: string, guest: boolean): Promise<void> {
  await sql`UPDATE sessions SET props = coalesce(props, '{}'::jsonb) || jsonb_build_object('is_guest', ${String(guest)}::text)
    WHERE userid = ${userId}`.execute(db)
}

/** Ids of all guests that are not deactivated. */
export async function findActiveGuests(db: Queries): Promise<string[]> {
  const rows = await db
    .selectFrom('users')
    .select('users.id')
    .where('users.deleteat', '=', 0)
    .where(sql<boolean>`'system_guest' = ANY(string_to_array(users.roles, ' '))`)
    .execute()
  return rows.map((row) => row.id)
}
