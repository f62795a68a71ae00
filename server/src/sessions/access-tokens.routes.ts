import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { Id } from '../http/schema.ts'
import { audit } from '../users/audit.ts'
import { createAccessToken, enableAccessToken, endAccessToken, permittedAccessToken } from './access-tokens.ts'
import { findTokensByTerm, listAccessTokens, listAllAccessTokens } from './list-access-tokens.ts'

const TokenIdBody = Type.Object({ token_id: Id })

/** Personal access tokens. Their secrets appear in the answer to their creation and nowhere else. */
export function accessTokenRoutes(app: App): Route[] {
  return [...ownTokenRoutes(app), ...oneTokenRoutes(app), ...allTokenRoutes(app)]
}

function ownTokenRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/users/:user_id/tokens',
      access: 'session',
      local: true,
      noStore: true,
      body: Type.Object({ description: Type.String() }),
      handler: async ({ session, params, body, ip }) => {
        const token = await createAccessToken(app, session, params.user_id!, body.description)
        await audit(app, session, '/api/v4/users/tokens', `user_id=${params.user_id} token_id=${token.id}`, ip)
        return token
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/tokens',
      access: 'session',
      local: true,
      handler: async ({ session, params, query }) => {
        const { offset, perPage } = query.paging()
        return listAccessTokens(app, session, params.user_id!, { offset, limit: perPage })
      },
    }),
  ]
}

function oneTokenRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/users/tokens/:token_id',
      access: 'session',
      handler: ({ session, params }) => permittedAccessToken(app, session, params.token_id!, 'read_user_access_token'),
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/tokens/revoke',
      access: 'session',
      local: true,
      body: TokenIdBody,
      handler: async ({ session, body, ip }) => {
        await endAccessToken(app, session, body.token_id, 'revoke')
        await audit(app, session, '/api/v4/users/tokens/revoke', `token_id=${body.token_id}`, ip)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/tokens/disable',
      access: 'session',
      body: TokenIdBody,
      handler: async ({ session, body, ip }) => {
        await endAccessToken(app, session, body.token_id, 'disable')
        await audit(app, session, '/api/v4/users/tokens/disable', `token_id=${body.token_id}`, ip)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/tokens/enable',
      access: 'session',
      body: TokenIdBody,
      handler: async ({ session, body, ip }) => {
        await enableAccessToken(app, session, body.token_id)
        await audit(app, session, '/api/v4/users/tokens/enable', `token_id=${body.token_id}`, ip)
        return OK
      },
    }),
  ]
}

function allTokenRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/users/tokens',
      access: 'admin',
      handler: ({ query }) => {
        const { offset, perPage } = query.paging()
        return listAllAccessTokens(app, { offset, limit: perPage })
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/tokens/search',
      access: 'admin',
      body: Type.Object({ term: Type.String() }),
      handler: ({ body }) => findTokensByTerm(app, body.term),
    }),
  ]
}
