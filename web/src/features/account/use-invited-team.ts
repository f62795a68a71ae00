import { useEffect, useState } from 'react'
import { api } from '../../client/api.ts'
import type { Invitation } from './invitation.ts'

interface InvitedTeam {
  /** '' while unknown */
  readonly name: string
  readonly invalid: boolean
}

/** The team that an invitation leads to. */
export function useInvitedTeam({ inviteId, teamName }: Invitation): InvitedTeam {
  const [team, setTeam] = useState<InvitedTeam>({ name: teamName, invalid: false })
  useEffect(() => {
    if (!inviteId) return
    let here = true
    api.getTeamInviteInfo(inviteId).then(
      (info) => here && setTeam({ name: info.display_name, invalid: false }),
      (error) => here && setTeam({ name: '', invalid: Boolean(error.status_code) }),
    )
    return () => void (here = false)
  }, [inviteId])
  return team
}
