import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { OptionalString } from '../http/schema.ts'
import { audit } from '../users/audit.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { agreementOf, agreeToTerms, createTerms, currentTerms } from './agree-to-terms.ts'

const TermsBody = Type.Object({ text: OptionalString })
/** `accepted` comes as a flag from the web client, as text from others. */
const AgreementBody = Type.Object({
  accepted: Type.Union([Type.Boolean(), Type.Literal('true'), Type.Literal('false')]),
  termsOfServiceId: Type.String(),
})

export function termsOfServiceRoutes(app: App): Route[] {
  const own = '/api/v4/users/:user_id/terms_of_service'
  return [
    route({
      method: 'GET',
      path: '/api/v4/terms_of_service',
      access: 'session',
      handler: () => currentTerms(app),
    }),
    route({
      method: 'POST',
      path: '/api/v4/terms_of_service',
      access: 'admin',
      body: TermsBody,
      handler: async ({ session, body, request, ip }) => {
        const terms = await createTerms(app, session, body.text ?? '')
        await audit(app, session, request.url, `terms_of_service_id=${terms.id}`, ip)
        return terms
      },
    }),
    route({
      method: 'GET',
      path: own,
      access: 'session',
      handler: async ({ session, params }) => {
        await selfOrEditor(app, session, params.user_id!)
        return agreementOf(app, params.user_id!)
      },
    }),
    route({
      method: 'POST',
      path: own,
      access: 'session',
      body: AgreementBody,
      handler: async ({ session, params, body, request, ip }) => {
        if (session.userId !== params.user_id) throw invalidBody('user_id')
        const accepted = String(body.accepted) === 'true'
        await agreeToTerms(app, session.userId, body.termsOfServiceId, accepted)
        await audit(app, session, request.url, `terms_of_service_id=${body.termsOfServiceId} accepted=${accepted}`, ip)
        return OK
      },
    }),
  ]
}
