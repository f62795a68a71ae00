import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { notModified, OK, route, SENT } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { archiveTeam, restoreTeam } from './archive-team.ts'
import { createTeam } from './create-team.ts'
import { deleteTeamForGood } from './delete-team.ts'
import { getTeam, getTeamByName, teamExists } from './find-team.ts'
import { isPaged, listTeams, searchTeams } from './list-teams.ts'
import { readIcon, removeIcon, setIcon, teamWithIcon } from './team-icon.ts'
import { teamStats } from './team-members.ts'
import { PrivacyBody, SchemeBody, TeamBody, TeamPatchBody, TeamSearchBody } from './teams.schemas.ts'
import { setTeamScheme } from './update-team-scheme.ts'
import { patchTeam, regenerateInviteId, replaceTeam, setPrivacy } from './update-team.ts'

const TEAM = '/api/v4/teams/:team_id'

/** Teams themselves: making, finding, changing, archiving. */
export function teamRoutes(app: App): Route[] {
  return [...findingRoutes(app), ...changingRoutes(app), ...archivingRoutes(app), ...iconRoutes(app)]
}

function findingRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/teams',
      access: 'session',
      local: true,
      handler: async ({ session, query }) => {
        const withoutPolicy = query.flag('exclude_policy_constrained')
        const page = await listTeams(app, session, { ...query.paging(), withoutPolicy })
        return query.flag('include_total_count') ? page : page.teams
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/teams/search',
      busy: true,
      access: 'session',
      local: true,
      body: TeamSearchBody,
      handler: async ({ session, body }) => {
        const page = await searchTeams(app, session, body)
        return isPaged(body) ? page : page.teams
      },
    }),
    route({
      method: 'GET',
      path: TEAM,
      access: 'session',
      local: true,
      handler: ({ session, params }) => getTeam(app, session, params.team_id!),
    }),
    route({
      method: 'GET',
      path: '/api/v4/teams/name/:team_name',
      access: 'session',
      local: true,
      handler: ({ session, params }) => getTeamByName(app, session, params.team_name!),
    }),
    route({
      method: 'GET',
      path: '/api/v4/teams/name/:team_name/exists',
      access: 'session',
      handler: async ({ session, params }) => ({ exists: await teamExists(app, session, params.team_name!) }),
    }),
    route({
      method: 'GET',
      path: `${TEAM}/stats`,
      access: 'session',
      handler: ({ session, params }) => teamStats(app, session, params.team_id!),
    }),
  ]
}

function changingRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/teams',
      access: 'session',
      local: true,
      body: TeamBody,
      status: 201,
      handler: ({ session, body }) => createTeam(app, session, body),
    }),
    route({
      method: 'PUT',
      path: TEAM,
      access: 'session',
      local: true,
      body: TeamBody,
      handler: ({ session, params, body }) => {
        if (body.id !== params.team_id) throw invalidBody('team_id')
        return replaceTeam(app, session, params.team_id!, body)
      },
    }),
    route({
      method: 'PUT',
      path: `${TEAM}/patch`,
      access: 'session',
      local: true,
      body: TeamPatchBody,
      handler: ({ session, params, body }) => patchTeam(app, session, params.team_id!, body),
    }),
    route({
      method: 'PUT',
      path: `${TEAM}/privacy`,
      access: 'session',
      local: true,
      body: PrivacyBody,
      handler: ({ session, params, body }) => setPrivacy(app, session, params.team_id!, body.privacy),
    }),
    route({
      method: 'PUT',
      path: `${TEAM}/scheme`,
      access: 'session',
      body: SchemeBody,
      handler: async ({ session, params, body }) => {
        await setTeamScheme(app, session, params.team_id!, body.scheme_id ?? '')
        return OK
      },
    }),
    route({
      method: 'POST',
      path: `${TEAM}/regenerate_invite_id`,
      access: 'session',
      handler: ({ session, params }) => regenerateInviteId(app, session, params.team_id!),
    }),
  ]
}

function archivingRoutes(app: App): Route[] {
  return [
    route({
      method: 'DELETE',
      path: TEAM,
      access: 'session',
      local: true,
      handler: async ({ session, params, query }) => {
        const remove = query.flag('permanent') ? deleteTeamForGood : archiveTeam
        await remove(app, session, params.team_id!)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: `${TEAM}/restore`,
      access: 'session',
      local: true,
      handler: ({ session, params }) => restoreTeam(app, session, params.team_id!),
    }),
  ]
}

function iconRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: `${TEAM}/image`,
      access: 'session',
      noCsrf: true,
      handler: (call) => sendIcon(app, call),
    }),
    route({
      method: 'POST',
      path: `${TEAM}/image`,
      access: 'session',
      raw: true,
      maxFileSize: true,
      handler: async ({ session, params, request }) => {
        await setIcon(app, session, params.team_id!, request)
        return OK
      },
    }),
    route({
      method: 'DELETE',
      path: `${TEAM}/image`,
      access: 'session',
      handler: async ({ session, params }) => {
        await removeIcon(app, session, params.team_id!)
        return OK
      },
    }),
  ]
}

async function sendIcon(app: App, call: Call<'session'>): Promise<typeof SENT> {
  const team = await teamWithIcon(app, call.session, call.params.team_id!)
  if (notModified(call, String(team.last_team_icon_update ?? 0))) return SENT
  const icon = await readIcon(app, team)
  // Clients put the time of the last change into the address, so a day of caching shows nobody an old icon.
  call.reply.headers({ 'Content-Type': 'image/png', 'Cache-Control': 'max-age=86400, private' }).send(icon)
  return SENT
}
