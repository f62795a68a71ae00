import { api } from '../../client/api.ts'

/** How somebody was invited: by a team's link (`id`), or by mail (`t` with `d`). */
export interface Invitation {
  readonly inviteId: string
  readonly token: string
  /** the address that the mail went to, or ''; the account must have it */
  readonly email: string
  /** what a mail says of the team, or '' */
  readonly teamName: string
  /** the same for the sign-in through GitLab */
  readonly query: Readonly<Record<string, string>>
}

/** Reads `?id=…` and `?d=<json>&t=<token>`, as Mattermost's links have them. */
export function readInvitation(query: URLSearchParams): Invitation {
  const inviteId = query.get('id') ?? ''
  const token = query.get('t') ?? ''
  const data = parse(query.get('d') ?? '')
  return {
    inviteId,
    token,
    email: token ? data.email : '',
    teamName: data.display_name,
    query: { ...(inviteId && { id: inviteId }), ...(token && { t: token }) },
  }
}

function parse(json: string): { email: string; display_name: string } {
  try {
    const { email, display_name: name } = JSON.parse(json) as Record<string, unknown>
    return { email: typeof email === 'string' ? email : '', display_name: typeof name === 'string' ? name : '' }
  } catch {
    return { email: '', display_name: '' }
  }
}

/** Joins the team of the invitation. Resolves with the path to it. */
export async function joinInvited({ token, inviteId }: Invitation): Promise<string> {
  const member = await api.addToTeamFromInvite(token, inviteId)
  const team = await api.getTeam(member.team_id)
  return `/${team.name}`
}
