import { createHash, randomBytes } from 'node:crypto'
import bcrypt from 'bcrypt'
import type pg from 'pg'
import { isAtLeast } from './schema.ts'
import type { GitLabSchema } from './schema.ts'
import { newSecret, newUid, storedSecret } from './secrets.ts'
import type { SecretForm } from './secrets.ts'

/** A person of the instance, as its table has him. */
export interface GitLabUser {
  readonly id: number
  readonly username: string
  readonly name: string
  readonly email: string
  /** active, blocked, deactivated, blocked_pending_approval, banned */
  readonly state: string
  readonly admin: boolean
  readonly external: boolean
  readonly confirmed: boolean
  readonly acceptedTerms: boolean
}

export interface NewGitLabUser extends Partial<Omit<GitLabUser, 'username'>> {
  readonly username: string
  /** `password of <username>` if not given */
  readonly password?: string
}

export interface NewGitLabApplication {
  readonly redirectUris: readonly string[]
  readonly name?: string
  readonly uid?: string
  readonly secret?: string
  readonly scopes?: string
  readonly trusted?: boolean
  readonly confidential?: boolean
}

/** A registered application; `secret` is what it presents, not what is stored. */
export interface GitLabApplication {
  readonly id: number
  readonly uid: string
  readonly secret: string
}

export interface ApplicationRow {
  readonly id: number
  readonly uid: string
  readonly name: string
  readonly secret: string
  readonly redirectUris: readonly string[]
  readonly scopes: readonly string[]
  readonly trusted: boolean
  readonly confidential: boolean
}

export interface GrantRow {
  readonly id: number
  readonly userId: number
  readonly applicationId: number
  readonly redirectUri: string
  readonly scopes: string
}

export interface TokenRow {
  readonly id: number
  readonly userId: number
  readonly applicationId: number
  readonly scopes: string
  readonly revoked: boolean
  /** ms */
  readonly expiresAt: number
}

/** ms */
export const CODE_LIFE = 600_000
/** s */
export const TOKEN_LIFE = 7200

const hashed = (secret: string): string => createHash('sha512').update(secret).digest('hex')
const utc = (ms: number): string => new Date(ms).toISOString().replace('Z', '')

/** Reads and writes the instance's tables; everything is looked up live, so that other programs may write to them too. */
export class GitLabStore {
  readonly #pool: pg.Pool
  readonly #shape: GitLabSchema
  readonly #form: SecretForm

  constructor(pool: pg.Pool, shape: GitLabSchema, form: SecretForm) {
    this.#pool = pool
    this.#shape = shape
    this.#form = form
  }

  async addUser(user: NewGitLabUser): Promise<GitLabUser> {
    const password = await bcrypt.hash(user.password ?? `password of ${user.username}`, 4)
    const { rows } = await this.#pool.query<{ id: string }>(
      `INSERT INTO users (id, username, name, email, encrypted_password, state, admin, external, confirmed_at, accepted_term_id)
       VALUES (coalesce($1, nextval('users_id_seq')), $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
      [
        user.id ?? null,
        user.username,
        user.name ?? user.username,
        user.email ?? `${user.username}@example.com`,
        password,
        user.state ?? 'active',
        user.admin ?? false,
        user.external ?? false,
        user.confirmed === false ? null : '2020-01-01',
        user.acceptedTerms ? 1 : null,
      ],
    )
    return (await this.user(Number(rows[0]!.id)))!
  }

  async changeUser(id: number, changes: Partial<NewGitLabUser>): Promise<void> {
    const set: [string, unknown][] = []
    for (const key of ['username', 'name', 'email', 'state', 'admin', 'external'] as const)
      if (changes[key] !== undefined) set.push([key, changes[key]])
    if (changes.confirmed !== undefined) set.push(['confirmed_at', changes.confirmed ? '2020-01-01' : null])
    if (changes.acceptedTerms !== undefined) set.push(['accepted_term_id', changes.acceptedTerms ? 1 : null])
    if (changes.password !== undefined) set.push(['encrypted_password', await bcrypt.hash(changes.password, 4)])
    const assignments = set.map(([column], i) => `${column} = $${i + 2}`).join(', ')
    await this.#pool.query(`UPDATE users SET ${assignments} WHERE id = $1`, [id, ...set.map(([, value]) => value)])
  }

  async removeUser(id: number): Promise<void> {
    await this.#pool.query('DELETE FROM users WHERE id = $1', [id])
  }

  async user(id: number): Promise<GitLabUser | null> {
    const { rows } = await this.#pool.query('SELECT * FROM users WHERE id = $1', [id])
    return rows[0] ? userOf(rows[0]) : null
  }

  async userByName(username: string): Promise<GitLabUser | null> {
    const { rows } = await this.#pool.query('SELECT * FROM users WHERE username = $1', [username])
    return rows[0] ? userOf(rows[0]) : null
  }

  /** The person who has this username or address and password. */
  async userByLogin(login: string, password: string): Promise<GitLabUser | null> {
    const { rows } = await this.#pool.query('SELECT * FROM users WHERE username = $1 OR email = lower($1)', [login])
    const row = rows[0]
    return row && (await bcrypt.compare(password, row.encrypted_password)) ? userOf(row) : null
  }

  async addApplication(application: NewGitLabApplication): Promise<GitLabApplication> {
    const uid = application.uid ?? newUid()
    const secret = application.secret ?? newSecret()
    const organization = isAtLeast(this.#shape, '18.6') ? ', organization_id' : ''
    const { rows } = await this.#pool.query<{ id: string }>(
      `INSERT INTO oauth_applications
         (name, uid, secret, redirect_uri, scopes, trusted, confidential, created_at, updated_at${organization})
       VALUES ($1, $2, $3, $4, $5, $6, $7, now(), now()${organization && ', 1'})
       ON CONFLICT (uid) DO UPDATE SET secret = excluded.secret, redirect_uri = excluded.redirect_uri RETURNING id`,
      [
        application.name ?? 'Chat',
        uid,
        storedSecret(secret, this.#form),
        application.redirectUris.join('\r\n'),
        application.scopes ?? 'read_user',
        application.trusted ?? false,
        application.confidential ?? true,
      ],
    )
    return { id: Number(rows[0]!.id), uid, secret }
  }

  async application(uid: string): Promise<ApplicationRow | null> {
    const { rows } = await this.#pool.query('SELECT * FROM oauth_applications WHERE uid = $1', [uid])
    const row = rows[0]
    if (!row) return null
    return {
      id: Number(row.id),
      uid: row.uid,
      name: row.name,
      secret: row.secret,
      redirectUris: row.redirect_uri.split(/\s+/).filter(Boolean),
      scopes: row.scopes.split(/\s+/).filter(Boolean),
      trusted: row.trusted,
      confidential: row.confidential,
    }
  }

  async addGrant(grant: Omit<GrantRow, 'id'>, now: number): Promise<string> {
    const code = randomBytes(32).toString('hex')
    await this.#insert('oauth_access_grants', {
      resource_owner_id: grant.userId,
      application_id: grant.applicationId,
      token: hashed(code),
      expires_in: CODE_LIFE / 1000,
      redirect_uri: grant.redirectUri,
      created_at: utc(now),
      scopes: grant.scopes,
    })
    return code
  }

  /** Uses a code up; null for one that is unknown, used, or older than ten minutes. */
  async takeGrant(code: string, now: number): Promise<GrantRow | null> {
    const { rows } = await this.#pool.query(
      `UPDATE oauth_access_grants SET revoked_at = $2
       WHERE token = $1 AND revoked_at IS NULL AND created_at + expires_in * interval '1 second' > $2::timestamp
       RETURNING *`,
      [hashed(code), utc(now)],
    )
    const row = rows[0]
    if (!row) return null
    return {
      id: Number(row.id),
      userId: Number(row.resource_owner_id),
      applicationId: Number(row.application_id),
      redirectUri: row.redirect_uri,
      scopes: row.scopes ?? '',
    }
  }

  async addToken(
    userId: number,
    applicationId: number,
    scopes: string,
    now: number,
  ): Promise<{ access: string; refresh: string }> {
    const [access, refresh] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]
    await this.#insert('oauth_access_tokens', {
      resource_owner_id: userId,
      application_id: applicationId,
      token: hashed(access),
      refresh_token: hashed(refresh),
      expires_in: TOKEN_LIFE,
      created_at: utc(now),
      scopes,
    })
    return { access, refresh }
  }

  /** Ends the pair that a refresh token belongs to; null when it is unknown, used, or another application's. */
  async takeRefreshToken(refresh: string, applicationId: number, now: number): Promise<TokenRow | null> {
    const { rows } = await this.#pool.query(
      `UPDATE oauth_access_tokens SET revoked_at = $3
       WHERE refresh_token = $1 AND application_id = $2 AND revoked_at IS NULL RETURNING *`,
      [hashed(refresh), applicationId, utc(now)],
    )
    return rows[0] ? tokenOf(rows[0]) : null
  }

  async token(access: string): Promise<TokenRow | null> {
    const { rows } = await this.#pool.query('SELECT * FROM oauth_access_tokens WHERE token = $1', [hashed(access)])
    return rows[0] ? tokenOf(rows[0]) : null
  }

  async revoke(token: string, applicationId: number, now: number): Promise<void> {
    await this.#pool.query(
      `UPDATE oauth_access_tokens SET revoked_at = $3
       WHERE (token = $1 OR refresh_token = $1) AND application_id = $2 AND revoked_at IS NULL`,
      [hashed(token), applicationId, utc(now)],
    )
  }

  /** A person withdraws what he allowed an application. */
  async revokeAll(userId: number, now: number): Promise<void> {
    await this.#pool.query('UPDATE oauth_access_tokens SET revoked_at = $2 WHERE resource_owner_id = $1', [
      userId,
      utc(now),
    ])
  }

  /** Whether he has allowed this application exactly these scopes and the token of that time still lives. */
  async hasConsent(userId: number, applicationId: number, scopes: string, now: number): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `SELECT FROM oauth_access_tokens WHERE resource_owner_id = $1 AND application_id = $2 AND scopes = $3
       AND revoked_at IS NULL AND created_at + expires_in * interval '1 second' > $4::timestamp LIMIT 1`,
      [userId, applicationId, scopes, utc(now)],
    )
    return (rowCount ?? 0) > 0
  }

  async #insert(table: string, row: Record<string, unknown>): Promise<void> {
    const full = isAtLeast(this.#shape, '18.6') ? { ...row, organization_id: 1 } : row
    const names = Object.keys(full)
    const places = names.map((_, i) => `$${i + 1}`).join(', ')
    await this.#pool.query(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`, Object.values(full))
  }
}

type Columns = Record<string, unknown>

function userOf(row: Columns): GitLabUser {
  return {
    id: Number(row.id),
    username: String(row.username),
    name: String(row.name),
    email: String(row.email),
    state: String(row.state),
    admin: row.admin === true,
    external: row.external === true,
    confirmed: row.confirmed_at !== null,
    acceptedTerms: row.accepted_term_id !== null,
  }
}

function tokenOf(row: Columns): TokenRow {
  // The column has no zone and holds UTC.
  const created = row.created_at as Date
  const createdAt = created.getTime() - created.getTimezoneOffset() * 60_000
  return {
    id: Number(row.id),
    userId: Number(row.resource_owner_id),
    applicationId: Number(row.application_id),
    scopes: typeof row.scopes === 'string' ? row.scopes : '',
    revoked: row.revoked_at !== null,
    expiresAt: createdAt + Number(row.expires_in) * 1000,
  }
}
