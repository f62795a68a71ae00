import { createHmac, timingSafeEqual } from 'node:crypto'
import type { App } from '../../app.ts'
import { checkAccess, endAccess } from './check-access.ts'
import { gitlabLoginError } from './gitlab-login.errors.ts'
import { findIdentity, findUnadopted } from './identities.store.ts'
import { currentIssuer } from './issuer.ts'
import { requireGitLab } from './start-login.ts'

/**
 * The secret token of GitLab's system hook, made from the application's secret: nothing more needs to be set up, and it
 * changes with that.
 */
export function hookToken(app: Pick<App, 'config'>): string {
  return createHmac('sha256', app.config.get().GitLabSettings.Secret).update('gitlab system hook').digest('base64url')
}

/**
 * Hears of people from GitLab: whoever is deleted there, or tries to sign in while blocked, loses his sessions at once;
 * for other news of a person GitLab is asked. Throws 401 for a wrong token.
 */
export async function hearHook(app: App, token: string, body: Readonly<Record<string, unknown>>): Promise<void> {
  requireGitLab(app)
  const [given, expected] = [Buffer.from(token), Buffer.from(hookToken(app))]
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw gitlabLoginError('outpost.gitlab.wrong_hook_token.app_error')
  }
  const event = typeof body.event_name === 'string' ? body.event_name : ''
  const gitlabId = body.user_id
  if (!event.startsWith('user_') || typeof gitlabId !== 'number' || !Number.isSafeInteger(gitlabId)) return
  const identity = await findIdentity(app.db, currentIssuer(app), gitlabId)
  const email = typeof body.email === 'string' ? body.email.toLowerCase() : ''
  const userId = identity?.user_id ?? (await unadopted(app, gitlabId, email))
  if (userId === '') return
  if (event === 'user_destroy') return endAccess(app, userId, 'GitLab has deleted the person.')
  if (event === 'user_failed_login') return endAccess(app, userId, 'GitLab refuses the person.')
  if (identity && identity.tokens !== '') app.background(checkAccess(app, identity))
}

async function unadopted(app: App, gitlabId: number, email: string): Promise<string> {
  const old = await findUnadopted(app.db, gitlabId)
  return old && old.email === email ? old.id : ''
}
