import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { noPermission } from '../http/errors.ts'
import { createDefaultChannels } from '../channels/join-default-channels.ts'
import { newId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { checkAllowedDomains, mayBeInTeam } from './allowed-domains.ts'
import { joinTeam } from './join-team.ts'
import { existingUser } from './team-access.ts'
import { checkTeam, checkTeamEmail, checkTeamName, cleanText } from './team-rules.ts'
import type { Team } from './team.ts'
import { teamError } from './teams.errors.ts'
import type { TeamDraft } from './teams.schemas.ts'
import { insertTeam } from './teams.store.ts'
import { requireTeamScheme } from './update-team-scheme.ts'

/**
 * Makes a team with its default channels; the creator becomes its first member and administrator (over the local
 * socket nobody does). Throws 403 without the right, 400 for what a team cannot be and for a taken name.
 */
export async function createTeam(app: App, session: Session, draft: TeamDraft): Promise<Team> {
  if (!app.access.can(session, 'create_team')) {
    throw teamError('api.team.is_team_creation_allowed.disabled.app_error')
  }
  if (draft.scheme_id) {
    const permission = 'sysconsole_write_user_management_permissions'
    if (!app.access.can(session, permission)) throw noPermission(permission)
    await requireTeamScheme(app, draft.scheme_id)
  }
  const creator = session.local ? null : await existingUser(app, session.userId)
  const team = newTeam(draft, creator ? creator.email : (draft.email ?? '').trim().toLowerCase())
  checkTeamEmail(creator ? '' : team.email)
  checkTeamName(team.name)
  checkTeam(team)
  checkAllowedDomains(app, team.allowed_domains)
  if (creator && !mayBeInTeam(app, team, creator)) {
    throw teamError('api.team.is_team_creation_allowed.domain.app_error')
  }
  await app.unitOfWork(async (tx) => {
    await saveNew(tx, team)
    await createDefaultChannels(app, tx, team.id, session.userId)
    if (creator) await joinTeam(app, tx, team, creator, { admin: true })
  })
  return team
}

async function saveNew(tx: Tx, team: Team): Promise<void> {
  try {
    await insertTeam(tx.db, team)
  } catch (error) {
    if ((error as { code?: string }).code === '23505') throw teamError('app.team.save.existing.app_error')
    throw error
  }
  tx.changed({ kind: 'team', teamId: team.id })
}

function newTeam(draft: TeamDraft, email: string): Team {
  const now = Date.now()
  return {
    id: newId(),
    create_at: now,
    update_at: now,
    delete_at: 0,
    display_name: cleanText(draft.display_name ?? ''),
    name: draft.name ?? '',
    description: cleanText(draft.description ?? ''),
    email,
    type: (draft.type ?? '') as Team['type'],
    company_name: cleanText(draft.company_name ?? ''),
    allowed_domains: cleanText(draft.allowed_domains ?? ''),
    invite_id: newId(),
    allow_open_invite: draft.allow_open_invite ?? false,
    scheme_id: draft.scheme_id || null,
    group_constrained: draft.group_constrained ?? null,
    policy_id: null,
    cloud_limits_archived: false,
  }
}
