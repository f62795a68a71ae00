import type { Insertable, Selectable } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { ChannelsTable } from '../database/tables.ts'
import type { BannerInfo, Channel } from './channel.ts'

/** A row of `channels` as a channel; rows of older servers hold NULLs. */
export function channelOf(row: Selectable<ChannelsTable>): Channel {
  return {
    id: row.id,
    create_at: row.createat ?? 0,
    update_at: row.updateat ?? 0,
    delete_at: row.deleteat ?? 0,
    team_id: row.teamid ?? '',
    type: row.type ?? 'O',
    display_name: row.displayname ?? '',
    name: row.name ?? '',
    header: row.header ?? '',
    purpose: row.purpose ?? '',
    last_post_at: row.lastpostat ?? 0,
    total_msg_count: row.totalmsgcount ?? 0,
    extra_update_at: row.extraupdateat ?? 0,
    creator_id: row.creatorid ?? '',
    scheme_id: row.schemeid,
    props: null,
    group_constrained: row.groupconstrained,
    shared: row.shared,
    total_msg_count_root: row.totalmsgcountroot ?? 0,
    policy_id: null,
    last_root_post_at: row.lastrootpostat ?? 0,
    banner_info: bannerOf(row.bannerinfo),
    policy_enforced: false,
    default_category_name: row.defaultcategoryname ?? '',
  }
}

function bannerOf(stored: unknown): BannerInfo | null {
  if (typeof stored !== 'object' || stored === null) return null
  const { enabled, text, background_color } = stored as Partial<BannerInfo>
  return { enabled: enabled ?? null, text: text ?? null, background_color: background_color ?? null }
}

function rowOf(channel: Channel): Insertable<ChannelsTable> {
  return {
    id: channel.id,
    createat: channel.create_at,
    updateat: channel.update_at,
    deleteat: channel.delete_at,
    teamid: channel.team_id,
    type: channel.type,
    displayname: channel.display_name,
    name: channel.name,
    header: channel.header,
    purpose: channel.purpose,
    lastpostat: channel.last_post_at,
    totalmsgcount: channel.total_msg_count,
    extraupdateat: channel.extra_update_at,
    creatorid: channel.creator_id,
    schemeid: channel.scheme_id,
    groupconstrained: channel.group_constrained,
    shared: channel.shared,
    totalmsgcountroot: channel.total_msg_count_root,
    lastrootpostat: channel.last_root_post_at,
    bannerinfo: channel.banner_info && JSON.stringify(channel.banner_info),
    defaultcategoryname: channel.default_category_name,
  }
}

/** Writes a new channel. Returns false, and writes nothing, when the team has a channel of that name already. */
export async function insertChannel(db: Queries, channel: Channel): Promise<boolean> {
  const inserted = await db
    .insertInto('channels')
    .values(rowOf(channel))
    .onConflict((conflict) => conflict.columns(['name', 'teamid']).doNothing())
    .returning('channels.id')
    .executeTakeFirst()
  if (inserted) await keepPublicCopy(db, channel)
  return inserted !== undefined
}

/** Mattermost keeps a copy of every public channel and searches that: it must say the same as `channels`. */
export async function keepPublicCopy(db: Queries, channel: Channel): Promise<void> {
  if (channel.type !== 'O') {
    await db.deleteFrom('publicchannels').where('publicchannels.id', '=', channel.id).execute()
    return
  }
  const copy = {
    deleteat: channel.delete_at,
    teamid: channel.team_id,
    displayname: channel.display_name,
    name: channel.name,
    header: channel.header,
    purpose: channel.purpose,
  }
  await db
    .insertInto('publicchannels')
    .values({ id: channel.id, ...copy })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(copy))
    .execute()
}

/** The channel, live or archived, or null. */
export async function findChannel(db: Queries, id: string): Promise<Channel | null> {
  const row = await db.selectFrom('channels').selectAll().where('channels.id', '=', id).executeTakeFirst()
  return row ? channelOf(row) : null
}

/** The channel, held against other writers until the transaction ends, or null. */
export async function lockChannel(db: Queries, id: string): Promise<Channel | null> {
  const row = await db.selectFrom('channels').selectAll().where('channels.id', '=', id).forUpdate().executeTakeFirst()
  return row ? channelOf(row) : null
}

/** A channel of the team by its name; direct and group channels belong to every team. */
export async function findChannelByName(
  db: Queries,
  teamId: string,
  name: string,
  includeArchived: boolean,
): Promise<Channel | null> {
  let query = db
    .selectFrom('channels')
    .selectAll()
    .where('channels.name', '=', name)
    .where('channels.teamid', 'in', [teamId, ''])
  if (!includeArchived) query = query.where('channels.deleteat', '=', 0)
  const row = await query.executeTakeFirst()
  return row ? channelOf(row) : null
}

/** Live channels of a team: what MaxChannelsPerTeam counts. */
export async function countTeamChannels(db: Queries, teamId: string): Promise<number> {
  const row = await db
    .selectFrom('channels')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('channels.teamid', '=', teamId)
    .where('channels.type', 'in', ['O', 'P'])
    .where('channels.deleteat', '=', 0)
    .executeTakeFirst()
  return row?.count ?? 0
}

/**
 * Writes what may change of a channel; counters stay as they are, because posts move them meanwhile. Returns false
 * when the team has another channel of that name; the transaction is then of no more use.
 */
export async function updateChannel(db: Queries, channel: Channel): Promise<boolean> {
  const { id: _, createat: _c, lastpostat: _l, totalmsgcount: _t, ...row } = rowOf(channel)
  const { totalmsgcountroot: _tr, lastrootpostat: _lr, creatorid: _cr, extraupdateat: _e, ...changed } = row
  try {
    await db.updateTable('channels').set(changed).where('channels.id', '=', channel.id).execute()
  } catch (error) {
    if ((error as { code?: string }).code === '23505') return false
    throw error
  }
  await keepPublicCopy(db, channel)
  return true
}

/** Id of the team of that name, archived or not, or null. */
export async function findTeamOfName(db: Queries, name: string): Promise<string | null> {
  const row = await db
    .selectFrom('teams')
    .select('teams.id')
    .where('teams.name', '=', name.toLowerCase())
    .executeTakeFirst()
  return row?.id ?? null
}

/** Scope of a live scheme, or null. */
export async function findSchemeScope(db: Queries, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('schemes')
    .select('schemes.scope')
    .where('schemes.id', '=', id)
    .where('schemes.deleteat', '=', 0)
    .executeTakeFirst()
  return row?.scope ?? null
}

/** Public channels that texts link to as `~name`: what clients need to show the links. */
export async function findLinkedChannels(
  db: Queries,
  teamIds: readonly string[],
  names: readonly string[],
): Promise<{ team_id: string; name: string; display_name: string; team_name: string }[]> {
  const rows = await db
    .selectFrom('channels')
    .innerJoin('teams', 'teams.id', 'channels.teamid')
    .select(['channels.teamid', 'channels.name', 'channels.displayname', 'teams.name as teamname'])
    .where('channels.teamid', 'in', teamIds)
    .where('channels.name', 'in', names)
    .where('channels.type', '=', 'O')
    .where('channels.deleteat', '=', 0)
    .execute()
  return rows.map((row) => ({
    team_id: row.teamid ?? '',
    name: row.name ?? '',
    display_name: row.displayname ?? '',
    team_name: row.teamname ?? '',
  }))
}
