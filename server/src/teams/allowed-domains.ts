import type { App } from '../app.ts'
import type { Team } from './team.ts'
import { teamError } from './teams.errors.ts'

type Parts = Pick<App, 'config'>

/** Domains of a list as people write them: separated by commas or blanks, with or without `@`. */
export const domainsOf = (list: string): string[] =>
  list
    .toLowerCase()
    .replaceAll(/[@,]/g, ' ')
    .split(/\s+/)
    .filter((domain) => domain !== '')

/** Whether an address is of one of the listed domains; an empty list allows every address. */
export function isOfDomains(email: string, list: string): boolean {
  const domains = domainsOf(list)
  return domains.length === 0 || domains.includes(email.toLowerCase().slice(email.lastIndexOf('@') + 1))
}

/**
 * Whether someone with this address may be in the team: members by the team's domains and those of the server, guests by
 * the guests' domains. Bots have no address and are always allowed.
 */
export function mayBeInTeam(
  app: Parts,
  team: Pick<Team, 'allowed_domains'>,
  person: { email: string; isGuest: boolean; isBot?: boolean },
): boolean {
  if (person.isBot) return true
  const { TeamSettings, GuestAccountsSettings } = app.config.get()
  if (person.isGuest) return isOfDomains(person.email, GuestAccountsSettings.RestrictCreationToDomains)
  return [team.allowed_domains, TeamSettings.RestrictCreationToDomains].every((list) => isOfDomains(person.email, list))
}

/** Throws 400 when a team would allow a domain that the server does not. */
export function checkAllowedDomains(app: Parts, allowedDomains: string): void {
  const valid = domainsOf(app.config.get().TeamSettings.RestrictCreationToDomains)
  if (valid.length === 0) return
  const wrong = domainsOf(allowedDomains).find((domain) => !valid.includes(domain))
  if (wrong) throw teamError('api.team.update_restricted_domains.mismatch.app_error', { Domain: wrong })
}
