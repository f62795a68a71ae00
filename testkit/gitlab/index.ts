import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { clientConfig, parseDataSource } from '../../server/src/database/data-source.ts'
import type { DataSource } from '../../server/src/database/data-source.ts'
import { hooksApi, usersApi } from './admin-api.ts'
import { currentUser } from './api.ts'
import { applicationsApi } from './applications-api.ts'
import { ApplicationsTable } from './applications-table.ts'
import { authorize, authorizeInternally } from './authorize.ts'
import { sendHook } from './instance.ts'
import type { Fault, Instance } from './instance.ts'
import { errorPage } from './pages.ts'
import { PersonalTokens } from './personal-tokens.ts'
import { createTables } from './schema.ts'
import type { GitLabSchema } from './schema.ts'
import type { SecretForm } from './secrets.ts'
import { home, signIn, signOut } from './sign-in.ts'
import { GitLabStore } from './store.ts'
import type { GitLabApplication, GitLabUser, NewGitLabApplication, NewGitLabUser } from './store.ts'
import { revoke, token } from './token.ts'
import { html, json, readRequest, sendAnswer } from './web.ts'
import type { WebAnswer, WebRequest } from './web.ts'

export type { GitLabApplication, GitLabUser, NewGitLabApplication, NewGitLabUser } from './store.ts'
export type { GitLabSchema } from './schema.ts'
export type { SecretForm } from './secrets.ts'

export interface GitLabOptions {
  /** 0 or missing: a free one */
  readonly port?: number
  /** the instance's own PostgreSQL database; missing tables are made */
  readonly dataSource: string | DataSource
  /** keeps the tables in a schema of this name instead of the default one */
  readonly schema?: string
  /** which columns `oauth_applications` has; default 18.6 */
  readonly shape?: GitLabSchema
  /** how secrets are stored and compared; default `pbkdf2` */
  readonly secretForm?: SecretForm
  /** PEM; the instance speaks https with it */
  readonly tls?: { readonly key: string; readonly cert: string }
}

/** A running GitLab as far as signing in with it goes. */
export interface TestGitLab {
  readonly url: string
  addUser(user: NewGitLabUser): Promise<GitLabUser>
  userByName(username: string): Promise<GitLabUser | null>
  changeUser(userId: number, changes: Partial<NewGitLabUser>): Promise<void>
  /** An administrator blocks somebody. GitLab has no hook for that. */
  block(userId: number): Promise<void>
  unblock(userId: number): Promise<void>
  /** Deletes somebody with all his tokens and tells the system hooks. */
  removeUser(userId: number): Promise<void>
  /** Somebody withdraws what he allowed applications. */
  revokeAll(userId: number): Promise<void>
  addApplication(application: NewGitLabApplication): Promise<GitLabApplication>
  /** A personal access token of somebody; `scopes` separated by spaces. */
  addPersonalToken(userId: number, scopes: string): Promise<string>
  /** Registers a system hook. */
  addSystemHook(url: string, token: string): void
  /** Tells the system hooks something. */
  sendHook(body: Record<string, unknown>): Promise<void>
  /** Allows what an authorize address asks for in somebody's name, as GitLab does for itself; answers the callback. */
  authorizeInternally(userId: number, address: string): Promise<string>
  /** From now on people must have accepted the terms. */
  requireTerms: boolean
  readonly faults: { token?: Fault; user?: Fault }
  /** ms by which the instance's clock is ahead of ours */
  clockOffset: number
  close(): Promise<void>
}

/** Starts a GitLab on this machine. Several may run at once, each with a database of its own. */
export async function startGitLab(options: GitLabOptions): Promise<TestGitLab> {
  const pool = new pg.Pool({ ...poolConfig(options), max: 4 })
  // A connection that ends while nobody uses it is replaced by the next query.
  pool.on('error', () => undefined)
  const shape = options.shape ?? '18.6'
  const form = options.secretForm ?? 'pbkdf2'
  try {
    if (options.schema) await pool.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(options.schema)}`)
    await createTables(pool, shape)
    return await listen(options, { pool, shape, form })
  } catch (error) {
    await pool.end()
    throw error
  }
}

function poolConfig({ dataSource, schema }: GitLabOptions): pg.PoolConfig {
  const config = clientConfig(typeof dataSource === 'string' ? parseDataSource(dataSource, {}) : dataSource)
  return schema ? { ...config, options: `-c search_path=${schema}` } : config
}

interface Parts {
  readonly pool: pg.Pool
  readonly shape: GitLabSchema
  readonly form: SecretForm
}

async function listen({ port = 0, tls }: GitLabOptions, { pool, shape, form }: Parts): Promise<TestGitLab> {
  let offset = 0
  const instance: Instance = {
    store: new GitLabStore(pool, shape, form),
    tokens: new PersonalTokens(pool),
    applications: new ApplicationsTable(pool, form),
    shape,
    secretForm: form,
    sessions: new Map(),
    faults: {},
    hooks: [],
    requireTerms: false,
    cookieName: `_gitlab_session_${port}`,
    now: () => Date.now() + offset,
  }
  let url = ''
  const listener: RequestListener = (request, response) => {
    response.setHeader('Date', new Date(instance.now()).toUTCString())
    void readRequest(request)
      .then((read) => handle(instance, read, url))
      .catch((error: unknown) => ({ status: 500, body: String(error) }))
      .then((answer) => sendAnswer(response, answer))
  }
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done))
  const bound = (server.address() as AddressInfo).port
  url = `${tls ? 'https' : 'http'}://127.0.0.1:${bound}`
  Object.assign(instance, { cookieName: `_gitlab_session_${bound}` })
  const close = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await pool.end()
  }
  return {
    url,
    close,
    faults: instance.faults,
    ...peopleOf(instance),
    addApplication: (application) => instance.store.addApplication(application),
    addPersonalToken: (userId, scopes) => instance.tokens.add(userId, scopes),
    addSystemHook: (address, secret) => void instance.hooks.push({ url: address, token: secret }),
    sendHook: (body) => sendHook(instance, body),
    authorizeInternally: (userId, address) => authorizeInternally(instance, userId, address),
    get requireTerms() {
      return instance.requireTerms
    },
    set requireTerms(value) {
      instance.requireTerms = value
    },
    get clockOffset() {
      return offset
    },
    set clockOffset(value) {
      offset = value
    },
  }
}

function peopleOf(
  instance: Instance,
): Pick<TestGitLab, 'addUser' | 'userByName' | 'changeUser' | 'block' | 'unblock' | 'removeUser' | 'revokeAll'> {
  const { store } = instance
  return {
    addUser: (user) => store.addUser(user),
    userByName: (username) => store.userByName(username),
    changeUser: (id, changes) => store.changeUser(id, changes),
    block: (id) => store.changeUser(id, { state: 'blocked' }),
    unblock: (id) => store.changeUser(id, { state: 'active' }),
    removeUser: async (id) => {
      const user = await store.user(id)
      await store.removeUser(id)
      if (!user) return
      const { username, email, name } = user
      await sendHook(instance, { event_name: 'user_destroy', user_id: id, username, email, name })
    },
    revokeAll: (id) => store.revokeAll(id, instance.now()),
  }
}

function handle(instance: Instance, request: WebRequest, url: string): Promise<WebAnswer> | WebAnswer {
  const at = `${request.method} ${request.path}`
  if (request.path === '/oauth/authorize') return authorize(instance, request)
  if (at === 'POST /oauth/token') return token(instance, request)
  if (at === 'POST /oauth/revoke') return revoke(instance, request)
  if (at === 'GET /api/v4/hooks' || at === 'POST /api/v4/hooks') return hooksApi(instance, request)
  if (at === 'GET /api/v4/users') return usersApi(instance, request, url)
  if (at === 'GET /api/v4/user') return currentUser(instance, request, url)
  if (at === 'GET /users/sign_in' || at === 'POST /users/sign_in') return signIn(instance, request)
  if (at === 'POST /users/sign_out' || at === 'DELETE /users/sign_out') return signOut(instance, request)
  if (at === 'GET /') return home(instance, request)
  if (/^\/api\/v4\/applications(\/|$)/.test(request.path)) return applicationsApi(instance, request)
  if (request.path.startsWith('/api/')) return json(404, { error: '404 Not Found' })
  return html(404, errorPage('The page could not be found.'))
}
