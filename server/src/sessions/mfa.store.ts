import type { Queries } from '../database/pool.ts'

export interface MfaState {
  readonly secret: string
  readonly active: boolean
  /** time steps whose codes have been used */
  readonly usedSteps: readonly number[]
}

/** The MFA state of an account, locked until the transaction ends so that a code is used once however many try at once. */
export async function lockMfa(db: Queries, userId: string): Promise<MfaState | null> {
  const row = await db
    .selectFrom('users')
    .select(['users.mfasecret', 'users.mfaactive', 'users.mfausedtimestamps'])
    .where('users.id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return null
  const used = Array.isArray(row.mfausedtimestamps) ? row.mfausedtimestamps.map(Number) : []
  return { secret: row.mfasecret ?? '', active: row.mfaactive ?? false, usedSteps: used }
}

/** Keeps a new secret. Does not switch MFA on: a code made with it has to prove first that its owner can use it. */
export async function updateMfaSecret(db: Queries, userId: string, secret: string, now: number): Promise<void> {
  await db.updateTable('users').set({ mfasecret: secret, updateat: now }).where('users.id', '=', userId).execute()
}

/** Switches MFA on, with the step of the code that proved it, or off, which also forgets the secret. */
export async function updateMfaActive(
  db: Queries,
  userId: string,
  change: { active: boolean; usedStep?: number; now: number },
): Promise<void> {
  const { active, usedStep, now } = change
  await db
    .updateTable('users')
    .set({
      mfaactive: active,
      updateat: now,
      mfausedtimestamps: JSON.stringify(usedStep === undefined ? [] : [String(usedStep)]),
      ...(active ? {} : { mfasecret: '' }),
    })
    .where('users.id', '=', userId)
    .execute()
}

/** Remembers used steps, as decimal text: what other servers read. */
export async function updateUsedSteps(db: Queries, userId: string, steps: readonly number[]): Promise<void> {
  await db
    .updateTable('users')
    .set({ mfausedtimestamps: JSON.stringify(steps.map(String)) })
    .where('users.id', '=', userId)
    .execute()
}
