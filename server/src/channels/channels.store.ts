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
