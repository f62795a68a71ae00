import type { App } from './app.ts'
import type { Config } from './config/config-types.ts'
import { event } from './realtime/events.ts'
import { deactivateGuests } from './users/change-guest.ts'

/** What happens when the configuration changes while the server runs. */
export function followConfig(app: App): void {
  app.config.onChange((old, next) => app.background(apply(app, old, next)))
}

async function apply(app: App, old: Config, next: Config): Promise<void> {
  // Clients keep their own copy of the configuration; ClientSettings has followed the change by now.
  await app.delivery.deliver([], [event('config_changed', {}, { config: app.clientSettings.full() })])
  if (old.GuestAccountsSettings.Enable && !next.GuestAccountsSettings.Enable) await deactivateGuests(app)
  // Open sockets must not outlive a rule that their sessions no longer meet, such as enforced MFA.
  if (sessionRules(old) !== sessionRules(next)) await app.delivery.deliver([{ kind: 'everything' }], [])
}

function sessionRules({ ServiceSettings, GuestAccountsSettings }: Config): string {
  return JSON.stringify([
    ServiceSettings.EnforceMultifactorAuthentication,
    ServiceSettings.EnableMultifactorAuthentication,
    ServiceSettings.EnableUserAccessTokens,
    GuestAccountsSettings.EnforceMultifactorAuthentication,
  ])
}
