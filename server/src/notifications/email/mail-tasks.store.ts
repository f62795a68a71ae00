import { sql } from 'kysely'
import type { Queries } from '../../database/pool.ts'
import { TASKS_SCHEMA } from '../../database/task-tables.ts'
import type { Mail } from './mail.ts'

export const MAIL_TASK = 'mail'
/** Waits grow from seconds to six hours; together they last more than a day, longer than most links live. */
const ATTEMPTS = 14

/** Writes a task that sends a mail. */
export async function insertMailTask(db: Queries, mail: Mail): Promise<void> {
  const add = sql.id(TASKS_SCHEMA, 'add_job')
  await sql`SELECT FROM ${add}(${MAIL_TASK}, ${JSON.stringify(mail)}::json, max_attempts := ${ATTEMPTS})`.execute(db)
}
