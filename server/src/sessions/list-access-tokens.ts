import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { mayManageTokens } from './access-tokens.ts'
import { findAccessTokens, searchAccessTokens } from './access-tokens.store.ts'
import type { AccessToken } from './access-tokens.store.ts'
import type { Session } from './session.ts'

interface Slice {
  readonly offset: number
  readonly limit: number
}

/** Personal access tokens of one account, without their secrets. Throws 403, 404 as `mayManageTokens` does. */
export async function listAccessTokens(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  userId: string,
  { offset, limit }: Slice,
): Promise<AccessToken[]> {
  await mayManageTokens(app, session, userId, 'read_user_access_token')
  return findAccessTokens(app.db, { userId, offset, limit })
}

/** The tokens of everybody. Only for holders of manage_system, as its route says. */
export function listAllAccessTokens(app: Pick<App, 'db'>, { offset, limit }: Slice): Promise<AccessToken[]> {
  return findAccessTokens(app.db, { offset, limit })
}

/** At most 100 tokens whose id or owner begins with `term`; throws 400 without one. Only for holders of manage_system. */
export async function findTokensByTerm(app: Pick<App, 'db'>, term: string): Promise<AccessToken[]> {
  if (term === '') throw invalidBody('term')
  return searchAccessTokens(app.db, term)
}
