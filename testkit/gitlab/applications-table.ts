import type pg from 'pg'
import { newSecret, storedSecret } from './secrets.ts'
import type { SecretForm } from './secrets.ts'

/** An application of the instance as its administrators see it. */
export interface ListedApplication {
  readonly id: number
  readonly uid: string
  readonly name: string
  readonly redirectUri: string
  readonly scopes: string
  readonly confidential: boolean
}

/** The instance's own applications, for its administrators. */
export class ApplicationsTable {
  readonly #pool: pg.Pool
  readonly #form: SecretForm

  constructor(pool: pg.Pool, form: SecretForm) {
    this.#pool = pool
    this.#form = form
  }

  async list(limit: number, offset: number): Promise<ListedApplication[]> {
    const { rows } = await this.#pool.query(
      'SELECT * FROM oauth_applications WHERE owner_id IS NULL ORDER BY id DESC LIMIT $1 OFFSET $2',
      [limit, offset],
    )
    return rows.map(listed)
  }

  async find(id: number): Promise<ListedApplication | null> {
    const { rows } = await this.#pool.query('SELECT * FROM oauth_applications WHERE owner_id IS NULL AND id = $1', [id])
    return rows[0] ? listed(rows[0]) : null
  }

  async remove(id: number): Promise<void> {
    await this.#pool.query('DELETE FROM oauth_applications WHERE id = $1', [id])
  }

  /** A new secret; the old one is worthless from now on. */
  async renewSecret(id: number): Promise<string> {
    const secret = newSecret()
    const stored = storedSecret(secret, this.#form)
    await this.#pool.query('UPDATE oauth_applications SET secret = $2, updated_at = now() WHERE id = $1', [id, stored])
    return secret
  }
}

function listed(row: Record<string, unknown>): ListedApplication {
  return {
    id: Number(row.id),
    uid: String(row.uid),
    name: String(row.name),
    redirectUri: String(row.redirect_uri),
    scopes: String(row.scopes),
    confidential: row.confidential === true,
  }
}
