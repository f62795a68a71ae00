import { isReservedTeamName, isValidEmail, isValidTeamName, runes, storableText } from '../text/slugs.ts'
import type { Team } from './team.ts'
import { teamError } from './teams.errors.ts'

/** Characters that turn the direction of writing or cannot be seen: with them one name could be made to look like another. */
const DECEIVING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\p{Cc}]/gu

/** A text of one line as it may be shown beside others. */
export const cleanText = (text: string): string => storableText(text).replace(DECEIVING, '').trim()

type Checked = Pick<Team, 'display_name' | 'description' | 'type' | 'company_name' | 'allowed_domains'>

/** Throws 400 for what a team cannot be; the limits are those of the reference (errors.md, "Limits"). */
export function checkTeam(team: Partial<Checked>): void {
  const { display_name, description, type, company_name, allowed_domains } = team
  if (display_name !== undefined && (display_name === '' || runes(display_name) > 64)) {
    throw teamError('model.team.is_valid.name.app_error')
  }
  if (runes(description ?? '') > 255) throw teamError('model.team.is_valid.description.app_error')
  if (type !== undefined && type !== 'O' && type !== 'I') throw teamError('model.team.is_valid.type.app_error')
  if (runes(company_name ?? '') > 64) throw teamError('model.team.is_valid.company.app_error')
  if (runes(allowed_domains ?? '') > 500) throw teamError('model.team.is_valid.domains.app_error')
}

/** Throws 400 for a name that cannot be part of an address of this site. Only new teams are asked: names never change. */
export function checkTeamName(name: string): void {
  if (name.length > 64) throw teamError('model.team.is_valid.url.app_error')
  if (isReservedTeamName(name)) throw teamError('model.team.is_valid.reserved.app_error')
  if (!isValidTeamName(name)) throw teamError('model.team.is_valid.characters.app_error')
}

/** Throws 400 for an administrator's address that is none; '' is none and fine. */
export function checkTeamEmail(email: string): void {
  if (email !== '' && !isValidEmail(email)) throw teamError('model.team.is_valid.email.app_error')
}
