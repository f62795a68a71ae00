import type { Queries } from '../../database/pool.ts'

/** What the server signs and encrypts with, as it stands in the database; '' for what is missing. */
export async function findServerKeys(db: Queries): Promise<{ signing: string; cookies: string }> {
  const rows = await db
    .selectFrom('systems')
    .selectAll('systems')
    .where('systems.name', 'in', ['AsymmetricSigningKey', 'PostActionCookieSecret'])
    .execute()
  const value = (name: string) => rows.find((row) => row.name === name)?.value ?? ''
  return { signing: value('AsymmetricSigningKey'), cookies: value('PostActionCookieSecret') }
}
