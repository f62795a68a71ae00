import { Problem } from '../cli/problem.ts'
import { inSession, type DatabaseAccess } from './database-access.ts'
import { identifier, literal } from './psql-session.ts'
import { presence, readSchemaState } from './schema-state.ts'

/** What stands in the place that a restore would take. */
export interface Target {
  /** id of the chat that lives there; undefined when there is none, or one that nobody has used */
  readonly chat: string | undefined
  readonly users: number
  readonly posts: number
}

/** Looks at the database that would be replaced. Throws a Problem when it is no chat's. */
export async function lookAtTarget(access: DatabaseAccess): Promise<Target> {
  const nothing = { chat: undefined, users: 0, posts: 0 }
  const there = await inSession(access, access.admin, access.maintenance, (session) =>
    session.value(`SELECT 1 FROM pg_database WHERE datname = ${literal(access.name)};`),
  )
  if (there !== '1') return nothing
  return inSession(access, access.admin, access.name, async (session) => {
    const found = await presence(session)
    if (found.tables === 0) return nothing
    if (!found.migrations || !found.users)
      throw new Problem(
        `The database ${access.name} holds ${found.tables} tables of something that is no chat.`,
        "Check mattermost['sql_data_source'] and mattermost['database_name'], or empty the database yourself.",
      )
    const users = Number(
      await session.value(
        'SELECT count(*) FROM public.users u WHERE NOT EXISTS (SELECT 1 FROM public.bots b WHERE b.userid = u.id);',
      ),
    )
    const posts = Number(await session.value(`SELECT count(*) FROM public.${identifier('posts')};`))
    return { chat: users === 0 ? undefined : (await readSchemaState(session)).chat, users, posts }
  })
}

/** Throws a Problem when the restore would replace another chat than its own. */
export function demandSameChat({ chat, users, posts }: Target, archived: string, access: DatabaseAccess): void {
  if (chat === undefined || (chat === archived && chat !== '')) return
  throw new Problem(
    `The database ${access.name} holds another chat than the backup: ${users} people, ${posts} posts.`,
    'Name the right machine or database. If that chat is really to be replaced: --overwrite (and --keep-old).',
  )
}
