import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** Sets one of a user's props. The row's version moves, because clients keep users by it. */
export async function updateUserProp(
  db: Queries,
  userId: string,
  name: string,
  value: string,
  now: number,
): Promise<void> {
  await sql`
    UPDATE users SET props = coalesce(props, '{}'::jsonb) || jsonb_build_object(${name}::text, ${value}::text),
      updateat = greatest(updateat + 1, ${now}::bigint)
    WHERE id = ${userId}`.execute(db)
}

/** Sets one of a user's notification settings. */
export async function updateNotifyProp(
  db: Queries,
  userId: string,
  name: string,
  value: string,
  now: number,
): Promise<void> {
  await sql`
    UPDATE users SET notifyprops = coalesce(notifyprops, '{}'::jsonb) || jsonb_build_object(${name}::text, ${value}::text),
      updateat = greatest(updateat + 1, ${now}::bigint)
    WHERE id = ${userId}`.execute(db)
}
