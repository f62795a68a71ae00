import type { App } from '../app.ts'
import { newId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import type { EventName } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { checkAllowedDomains } from './allowed-domains.ts'
import { permittedTeam } from './team-access.ts'
import { checkTeam, cleanText } from './team-rules.ts'
import { publicTeam, teamFor } from './team-view.ts'
import type { Team } from './team.ts'
import { teamError } from './teams.errors.ts'
import type { TeamDraft, TeamPatch } from './teams.schemas.ts'
import { updateTeam } from './teams.store.ts'
import type { TeamChange } from './teams.store.ts'

/** Replaces what a manager may change of a team; fields that are not sent are emptied. Throws 403, 404, 400. */
export async function replaceTeam(app: App, session: Session, teamId: string, draft: TeamDraft): Promise<Team> {
  const { group_constrained } = draft
  return patchTeam(app, session, teamId, {
    display_name: draft.display_name ?? '',
    description: draft.description ?? '',
    company_name: draft.company_name ?? '',
    allowed_domains: draft.allowed_domains ?? '',
    allow_open_invite: draft.allow_open_invite ?? false,
    ...(typeof group_constrained === 'boolean' && { group_constrained }),
  })
}

/** Changes the named fields of a team. Throws 403, 404, and 400 for what a team cannot be. */
export async function patchTeam(app: App, session: Session, teamId: string, patch: TeamPatch): Promise<Team> {
  const text = (value: string | null | undefined) => (typeof value === 'string' ? cleanText(value) : undefined)
  const change: TeamChange = defined({
    display_name: text(patch.display_name),
    description: text(patch.description),
    company_name: text(patch.company_name),
    allowed_domains: text(patch.allowed_domains),
    allow_open_invite: patch.allow_open_invite ?? undefined,
    group_constrained: patch.group_constrained ?? undefined,
    cloud_limits_archived: patch.cloud_limits_archived ?? undefined,
  })
  await permittedTeam(app, session, teamId, 'manage_team')
  checkTeam(change)
  if (change.allowed_domains !== undefined) checkAllowedDomains(app, change.allowed_domains)
  return teamFor(app, session, await changeTeam(app, teamId, change))
}

/** Opens or closes a team. Whenever it becomes closed, old invitation links end: they were made for everybody. */
export async function setPrivacy(app: App, session: Session, teamId: string, privacy: 'O' | 'I'): Promise<Team> {
  const team = await permittedTeam(app, session, teamId, 'manage_team')
  const open = privacy === 'O'
  const closes = !open && (team.allow_open_invite || team.type === 'O')
  const change = { type: privacy, allow_open_invite: open, ...(closes && { invite_id: newId() }) }
  return teamFor(app, session, await changeTeam(app, teamId, change))
}

/** Makes a new invitation link; the old one ends. */
export async function regenerateInviteId(app: App, session: Session, teamId: string): Promise<Team> {
  await permittedTeam(app, session, teamId, 'manage_team')
  return teamFor(app, session, await changeTeam(app, teamId, { invite_id: newId() }))
}

type TeamEvent = EventName & ('update_team' | 'delete_team' | 'restore_team' | 'update_team_scheme')

/** Writes a change and tells the team's members, without what is not for all of them. Throws 404. */
export async function changeTeam(
  app: Pick<App, 'unitOfWork'>,
  teamId: string,
  change: TeamChange,
  name: TeamEvent = 'update_team',
): Promise<Team> {
  return app.unitOfWork(async (tx) => {
    const team = await updateTeam(tx.db, teamId, change, Date.now())
    if (!team) throw teamError('app.team.get.find.app_error')
    tx.changed({ kind: 'team', teamId })
    tx.publish(event(name, { teamId }, { team: JSON.stringify(publicTeam(team)) }))
    return team
  })
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
