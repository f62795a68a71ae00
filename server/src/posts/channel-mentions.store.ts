import type { Queries } from '../database/pool.ts'

/** A channel that a post may link to. */
export interface Mentionable {
  readonly id: string
  readonly name: string
  readonly displayName: string
}

/** Public channels of a team by name; archived ones are left out. */
export async function findMentionable(db: Queries, teamId: string, names: readonly string[]): Promise<Mentionable[]> {
  const rows = await db
    .selectFrom('channels')
    .select(['channels.id', 'channels.name', 'channels.displayname'])
    .where('channels.teamid', '=', teamId)
    .where('channels.name', 'in', [...names])
    .where('channels.type', '=', 'O')
    .where('channels.deleteat', '=', 0)
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.name ?? '', displayName: row.displayname ?? '' }))
}
