import { TestServer } from '../../testkit/server.ts'
import type { Route } from '../../server/src/http/route.ts'
import { routes } from '../../server/src/routes.ts'

/** A server on which every optional feature is on: what is off cannot leak. */
export function openServer(): Promise<TestServer> {
  return TestServer.start({
    config: {
      ServiceSettings: {
        EnableUserAccessTokens: true,
        EnableCustomEmoji: true,
        EnableMultifactorAuthentication: true,
        EnableAPIUserDeletion: true,
        EnableAPITeamDeletion: true,
        EnableAPIChannelDeletion: true,
        EnableEmailInvitations: true,
      },
      GuestAccountsSettings: { Enable: true },
      TeamSettings: { EnableOpenServer: true },
      FileSettings: { EnablePublicLink: true },
    },
  })
}

/** Routes of the 501 list: known by what they do, since the list may still name what has arrived meanwhile. */
const isLater = (one: Route): boolean =>
  one.raw === true &&
  one.access === 'session' &&
  /api\.not_available\.app_error\W+Name: name\b/.test(String(one.handler))

/** The routes that are here, without those that only say 501 and those of the administrator's local socket. */
export function presentRoutes(server: TestServer): Route[] {
  return routes(server.app).filter((one) => !isLater(one) && one.access !== 'local')
}

/** Routes that answer 501 until their part of the protocol is here. */
export function laterRoutesOf(server: TestServer): Route[] {
  return routes(server.app).filter(isLater)
}
