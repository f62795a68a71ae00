import { sql } from 'kysely'
import type { Queries } from '../../database/pool.ts'
import { TASKS_SCHEMA } from '../../database/task-tables.ts'
import type { Mail } from './mail.ts'

export const MAIL_TASK = 'mail'
/** Waits grow from seconds to six hours; together they last more than a day, longer than most links live. */
const ATTEMPTS = 14

/** Writes a task that sends a mail; with a `key` it takes the place of one that still waits under it. */
export async function insertMailTask(db: Queries, mail: Mail, key: string | null): Promise<void> {
  const add = sql.id(TASKS_SCHEMA, 'add_job')
  const payload = JSON.stringify(mail)
  await sql`SELECT FROM ${add}(${MAIL_TASK}, ${payload}::json, max_attempts := ${ATTEMPTS}, job_key := ${key})`.execute(
    db,
  )
}
