import { runMigrations } from 'graphile-worker'
import type { Pool } from 'pg'

/** Where tasks wait: a schema of its own, which nothing of Mattermost knows. */
export const TASKS_SCHEMA = 'outpost_tasks'

/** Makes or updates the tables of tasks; several servers may do so at once. */
export function prepareTaskTables(pool: Pool): Promise<void> {
  return runMigrations({ pgPool: pool, schema: TASKS_SCHEMA })
}
