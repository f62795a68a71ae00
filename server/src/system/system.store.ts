import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** A value of the `systems` table, '' when there is none. */
export async function findSystemValue(db: Queries, name: string): Promise<string> {
  const row = await db.selectFrom('systems').select('systems.value').where('systems.name', '=', name).executeTakeFirst()
  return row?.value ?? ''
}

/** Writes a value of the `systems` table. */
export async function saveSystemValue(db: Queries, name: string, value: string): Promise<void> {
  await db
    .insertInto('systems')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

/** The schema migrations that this database has been through, newest first. */
export async function findMigrations(db: Queries): Promise<{ version: number; name: string }[]> {
  const result = await sql<{ version: number; name: string }>`
    SELECT m.version, m.name FROM db_migrations AS m ORDER BY m.version DESC`.execute(db)
  return result.rows.map((row) => ({ version: Number(row.version), name: row.name }))
}

/** A reference from one table to another that no foreign key guards. */
export interface Relation {
  readonly parent: string
  readonly child: string
  readonly attribute: string
  readonly childId: string
}

/** Up to 100 rows of the child whose parent is gone. */
export async function findOrphans(db: Queries, relation: Relation): Promise<{ parent_id: string; child_id: string }[]> {
  const attribute = sql.ref(`c.${relation.attribute}`)
  const result = await sql<{ parent_id: string; child_id: string }>`
    SELECT ${attribute} AS parent_id, ${sql.ref(`c.${relation.childId}`)} AS child_id
    FROM ${sql.table(relation.child)} AS c
    LEFT JOIN ${sql.table(relation.parent)} AS p ON p.id = ${attribute}
    WHERE p.id IS NULL AND coalesce(${attribute}, '') <> '' LIMIT 100`.execute(db)
  return result.rows
}

/** What the database says it is, `15.8 (Debian …)`. */
export async function findDatabaseVersion(db: Queries): Promise<string> {
  const result = await sql<{ version: string }>`SELECT current_setting('server_version') AS version`.execute(db)
  return result.rows[0]?.version ?? ''
}
