import type { Queries } from '../database/pool.ts'

/** Terms as clients know them. */
export interface TermsOfService {
  readonly id: string
  readonly create_at: number
  readonly user_id: string
  readonly text: string
}

/** A user's agreement to terms. */
export interface Agreement {
  readonly user_id: string
  readonly terms_of_service_id: string
  readonly create_at: number
}

/** The terms with this id, or the newest without one; null for none. */
export async function findTerms(db: Queries, id?: string): Promise<TermsOfService | null> {
  let query = db.selectFrom('termsofservice').selectAll('termsofservice').orderBy('termsofservice.createat', 'desc')
  if (id !== undefined) query = query.where('termsofservice.id', '=', id)
  const row = await query.limit(1).executeTakeFirst()
  if (!row) return null
  return { id: row.id, create_at: row.createat ?? 0, user_id: row.userid ?? '', text: row.text ?? '' }
}

/** Writes new terms; with the newest `create_at` they are in force. */
export async function insertTerms(db: Queries, terms: TermsOfService): Promise<void> {
  const row = { id: terms.id, createat: terms.create_at, userid: terms.user_id, text: terms.text }
  await db.insertInto('termsofservice').values(row).execute()
}

/** The newest terms that a user agreed to, and when (ms); null for none. */
export async function findAgreement(db: Queries, userId: string): Promise<Agreement | null> {
  const row = await db
    .selectFrom('usertermsofservice')
    .selectAll('usertermsofservice')
    .where('usertermsofservice.userid', '=', userId)
    .executeTakeFirst()
  if (!row) return null
  return { user_id: row.userid, terms_of_service_id: row.termsofserviceid ?? '', create_at: row.createat ?? 0 }
}

/** Keeps the agreement in place of an earlier one. */
export async function upsertAgreement(db: Queries, agreement: Agreement): Promise<void> {
  const columns = { termsofserviceid: agreement.terms_of_service_id, createat: agreement.create_at }
  await db
    .insertInto('usertermsofservice')
    .values({ userid: agreement.user_id, ...columns })
    .onConflict((on) => on.column('userid').doUpdateSet(columns))
    .execute()
}

/** Takes the agreement back if it was to these terms; one to other terms stays. */
export async function deleteAgreement(db: Queries, userId: string, termsId: string): Promise<void> {
  await db
    .deleteFrom('usertermsofservice')
    .where('usertermsofservice.userid', '=', userId)
    .where('usertermsofservice.termsofserviceid', '=', termsId)
    .execute()
}
