import pg from 'pg'
import { clientConfig, parseDataSource } from '../../../server/src/database/data-source.ts'
import { createEmptyDatabase } from '../../../testkit/database.ts'
import { createTables } from '../../../testkit/gitlab/schema.ts'
import type { GitLabSchema } from '../../../testkit/gitlab/schema.ts'
import { registerInDatabase } from './index.ts'
import type { Registration, RegistrationError, RegistrationRequest } from './index.ts'

export const SITE = 'https://chat.example.com'
export const URIS = [`${SITE}/signup/gitlab/complete`, `${SITE}/login/gitlab/complete`]
export const ID = 'CzOBzBfU9F-HvsqfTaTXF4ivuuxYZuv3BoAK4pnvmyw'
export const SECRET = 'a-secret-of-the-secrets-file-0123456789-abc'

/** A database in which GitLabs of any release are made, and one connection to it. */
export class GitLabTables {
  readonly client: pg.Client
  readonly #config: pg.ClientConfig
  readonly #drop: () => Promise<void>

  private constructor(client: pg.Client, config: pg.ClientConfig, drop: () => Promise<void>) {
    this.client = client
    this.#config = config
    this.#drop = drop
  }

  static async open(): Promise<GitLabTables> {
    const database = await createEmptyDatabase()
    const config = clientConfig(parseDataSource(database.dataSource))
    const client = new pg.Client(config)
    await client.connect()
    return new GitLabTables(client, config, () => database.drop())
  }

  /** A GitLab of this release in a schema of its own, which the connection looks at from now on. Answers how to reach it. */
  async fresh(shape: GitLabSchema): Promise<pg.ClientConfig> {
    const schema = `s${Math.random().toString(36).slice(2)}`
    await this.client.query(`CREATE SCHEMA ${schema}; SET search_path = ${schema}`)
    await createTables(this.client, shape)
    return { ...this.#config, options: `-c search_path=${schema}` }
  }

  async rows() {
    return (await this.client.query('SELECT * FROM oauth_applications ORDER BY id')).rows
  }

  /** What GitLab's package would have left, with these differences. */
  addRow(row: Record<string, unknown>): Promise<unknown> {
    const full = { name: 'GitLab Mattermost', uid: ID, secret: SECRET, redirect_uri: URIS.join('\r\n'), ...row }
    const places = Object.keys(full).map((_, at) => `$${at + 1}`)
    const text = `INSERT INTO oauth_applications (${Object.keys(full).join()}) VALUES (${places.join()})`
    return this.client.query(text, Object.values(full))
  }

  register(request: Partial<RegistrationRequest> = {}): Promise<Registration> {
    return registerInDatabase({ connect: this.client, siteUrl: SITE, ...request })
  }

  async close(): Promise<void> {
    await this.client.end()
    await this.#drop()
  }
}

/** Code and text of the refusal that must come. */
export const failure = (work: Promise<unknown>): Promise<readonly [string, string]> =>
  work.then(
    () => ['no error', ''] as const,
    (error: RegistrationError) => [error.code, error.message] as const,
  )
