import type { Queries } from '../../database/pool.ts'

/** The server's signing key as it is stored: JSON with integers of 77 digits; '' when there is none. */
export async function findSigningKey(db: Queries): Promise<string> {
  const row = await db
    .selectFrom('systems')
    .select('systems.value')
    .where('systems.name', '=', 'AsymmetricSigningKey')
    .executeTakeFirst()
  return row?.value ?? ''
}
