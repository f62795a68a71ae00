import type { ApplicationsTable } from './applications-table.ts'
import type { PersonalTokens } from './personal-tokens.ts'
import type { GitLabSchema } from './schema.ts'
import type { GitLabStore, GitLabUser } from './store.ts'
import type { SecretForm } from './secrets.ts'
import type { WebAnswer } from './web.ts'
import { json } from './web.ts'

/** Ways in which an instance, or what stands in front of it, misbehaves. */
export type Fault = 'slow' | '500' | 'not_json' | 'no_token_type' | 'redirect' | 'huge'

/** A person signed in to GitLab with his browser. */
export interface WebSession {
  readonly csrf: string
  userId: number
  /** where to go after signing in */
  returnTo: string
}

/** What the handlers of one instance share. */
export interface Instance {
  readonly store: GitLabStore
  readonly tokens: PersonalTokens
  readonly applications: ApplicationsTable
  readonly shape: GitLabSchema
  readonly secretForm: SecretForm
  /** browsers do not keep cookies apart by port, so each instance has its own name */
  readonly cookieName: string
  readonly sessions: Map<string, WebSession>
  readonly faults: { token?: Fault; user?: Fault }
  readonly hooks: { url: string; token: string }[]
  requireTerms: boolean
  /** the instance's clock, ms */
  now(): number
}

/** The person behind a browser; null when nobody is signed in or GitLab has thrown him out meanwhile. */
export async function signedIn(instance: Instance, session: WebSession): Promise<GitLabUser | null> {
  const user = session.userId ? await instance.store.user(session.userId) : null
  if (user?.state === 'active') return user
  session.userId = 0
  return null
}

/** What a broken instance answers; undefined for one that works. `slow` answers after a minute. */
export async function faulty(fault: Fault | undefined): Promise<WebAnswer | undefined> {
  if (fault === 'slow') await new Promise((done) => setTimeout(done, 60_000).unref())
  if (fault === '500') return { status: 500, headers: { 'Content-Type': 'text/html' }, body: '<h1>500</h1>' }
  if (fault === 'not_json') return { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<h1>Welcome</h1>' }
  if (fault === 'no_token_type') return json(200, { access_token: 'x' })
  if (fault === 'redirect') return { status: 301, headers: { Location: 'https://gitlab.invalid/moved' } }
  if (fault === 'huge')
    return { status: 200, headers: { 'Content-Type': 'application/json' }, body: ' '.repeat(5_000_000) }
  return undefined
}

/** Sends a system hook to every registered address, as GitLab does after the change; resolves when all have answered. */
export async function sendHook(instance: Instance, body: Record<string, unknown>): Promise<void> {
  await Promise.all(
    instance.hooks.map(async ({ url, token }) => {
      const headers = { 'Content-Type': 'application/json', 'X-Gitlab-Event': 'System Hook', 'X-Gitlab-Token': token }
      await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => undefined)
    }),
  )
}
