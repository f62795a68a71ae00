import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'

/** The row that Mattermost servers also take while they change the schema. */
const LOCK_ID = 'mm-lock-key'
const HOLD_SECONDS = 15
const RENEW_MS = 7_500

/** A held lock. `signal` is aborted when the lock was lost to another server. */
export interface MigrationLock {
  readonly signal: AbortSignal
  release(): Promise<void>
}

/**
 * Takes Mattermost's migration lock and keeps renewing it until released. Waits while another server holds it; a
 * lock whose holder died is taken over when it expires (15 seconds). Rejects when `waitMs` have passed.
 */
export async function takeMigrationLock(
  pool: Pool,
  options: { waitMs?: number; onWait?: () => void } = {},
): Promise<MigrationLock> {
  await createLockTable(pool)
  const deadline = Date.now() + (options.waitMs ?? 300_000)
  let expireAt = await tryTake(pool)
  if (expireAt === undefined) options.onWait?.()
  while (expireAt === undefined) {
    if (Date.now() > deadline) throw new Error('another server has been migrating the database for too long')
    await sleep(500 + Math.random() * 500)
    expireAt = await tryTake(pool)
  }
  return hold(pool, expireAt)
}

async function createLockTable(pool: Pool): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await pool.query('CREATE TABLE IF NOT EXISTS db_lock (id varchar(64) PRIMARY KEY, expireat bigint)')
      return
    } catch (error) {
      // IF NOT EXISTS does not help when two sessions create the table in the same instant.
      const code = (error as { code?: string }).code ?? ''
      if (attempt >= 5 || !['23505', '42P07', '42710', 'XX000'].includes(code)) throw error
    }
  }
}

/** The time of expiry (unix seconds of the database's clock) if the lock is ours now. */
async function tryTake(pool: Pool): Promise<number | undefined> {
  const { rows } = await pool.query<{ expireat: number }>(
    `INSERT INTO db_lock AS held (id, expireat) VALUES ($1, extract(epoch FROM clock_timestamp())::bigint + $2)
     ON CONFLICT (id) DO UPDATE SET expireat = excluded.expireat
       WHERE held.expireat <= extract(epoch FROM clock_timestamp())::bigint
     RETURNING expireat`,
    [LOCK_ID, HOLD_SECONDS],
  )
  return rows[0]?.expireat
}

function hold(pool: Pool, firstExpiry: number): MigrationLock {
  const lost = new AbortController()
  let expireAt = firstExpiry
  let renewal = Promise.resolve()
  const renew = async (): Promise<void> => {
    try {
      const { rows } = await pool.query<{ expireat: number }>(
        `UPDATE db_lock SET expireat = greatest(expireat + 1, extract(epoch FROM clock_timestamp())::bigint + $3)
         WHERE id = $1 AND expireat = $2 RETURNING expireat`,
        [LOCK_ID, expireAt, HOLD_SECONDS],
      )
      if (rows[0]) expireAt = rows[0].expireat
      else lost.abort(new Error('another server took the migration lock'))
    } catch {
      // A renewal that failed is tried again: the lock holds for two periods.
    }
  }
  const timer = setInterval(() => (renewal = renew()), RENEW_MS)
  return {
    signal: lost.signal,
    async release() {
      clearInterval(timer)
      await renewal
      // Only our own row: after an expiry it belongs to someone else.
      await pool.query('DELETE FROM db_lock WHERE id = $1 AND expireat = $2', [LOCK_ID, expireAt])
    },
  }
}
