import { Type } from '@sinclair/typebox'
import type { App } from '../../app.ts'
import { OK, route } from '../../http/route.ts'
import type { Route } from '../../http/route.ts'
import { OptionalString } from '../../http/schema.ts'
import { audit } from '../../users/audit.ts'
import { adoptAccounts, linkAccount, readLink } from './link-account.ts'
import { siteOf } from './site.ts'
import { hearHook, hookToken } from './system-hook.ts'

const LINK = '/api/v4/users/:user_id/gitlab'
const HOOK = '/api/v4/gitlab/system_hook'

/** Links between accounts and GitLab users, and the hook by which GitLab tells of people. Not part of Mattermost's API. */
export function gitlabAdminRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: LINK,
      access: 'admin',
      local: true,
      handler: ({ params }) => readLink(app, params.user_id!),
    }),
    route({
      method: 'PUT',
      path: LINK,
      access: 'admin',
      local: true,
      body: Type.Object({ gitlab_id: Type.Integer() }),
      handler: async (call) => {
        const link = await linkAccount(app, call.params.user_id!, call.body.gitlab_id)
        await audit(app, call.session, call.request.url, `user_id=${link.user_id} gitlab_id=${link.gitlab_id}`, call.ip)
        return link
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/gitlab/identities/adopt',
      access: 'admin',
      local: true,
      body: Type.Object({ from: OptionalString }),
      handler: async (call) => {
        const answer = await adoptAccounts(app, call.body.from ?? '')
        await audit(app, call.session, call.request.url, `adopted=${answer.adopted}`, call.ip)
        return answer
      },
    }),
    route({
      method: 'GET',
      path: HOOK,
      access: 'admin',
      local: true,
      noStore: true,
      handler: ({ request }) => ({ url: siteOf(app, request).url + HOOK, token: hookToken(app) }),
    }),
    route({
      method: 'POST',
      path: HOOK,
      access: 'public',
      noCsrf: true,
      body: Type.Record(Type.String(), Type.Unknown()),
      handler: async ({ request, body }) => {
        await hearHook(app, String(request.headers['x-gitlab-token'] ?? ''), body)
        return OK
      },
    }),
  ]
}
