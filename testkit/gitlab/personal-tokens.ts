import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { TokenRow } from './store.ts'

const digest = (token: string): string => createHash('sha256').update(token).digest('base64')

/** Access tokens that people make for their own programs. */
export class PersonalTokens {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  /** A new token; `scopes` separated by spaces. It is told only here. */
  async add(userId: number, scopes: string, expiresAt: Date | null = null): Promise<string> {
    const token = `glpat-${randomBytes(15).toString('base64url')}`
    await this.#pool.query(
      'INSERT INTO personal_access_tokens (user_id, name, scopes, token_digest, expires_at) VALUES ($1, $2, $3, $4, $5)',
      [userId, 'a token', scopes, digest(token), expiresAt],
    )
    return token
  }

  async find(token: string): Promise<TokenRow | null> {
    const { rows } = await this.#pool.query('SELECT * FROM personal_access_tokens WHERE token_digest = $1', [
      digest(token),
    ])
    const row = rows[0]
    if (!row) return null
    const expiresAt = row.expires_at ? (row.expires_at as Date).getTime() : Infinity
    return {
      id: Number(row.id),
      userId: Number(row.user_id),
      applicationId: 0,
      scopes: row.scopes,
      revoked: row.revoked,
      expiresAt,
    }
  }
}
