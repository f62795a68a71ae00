import type { Action } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'
import { forEach } from '../../each.ts'
import { findTeam } from '../../resolve/team.ts'

/** Mails an invitation to teams. Whether the mail arrives nobody can tell here. */
export const invite: Action = async ({ args, out, connect }) => {
  const [email, ...teams] = args
  if (!email || teams.length === 0) throw new UsageError('an e-mail address and at least one team are needed')
  const { api } = await connect()
  await forEach(teams, async (arg) => {
    const team = await findTeam(api, arg)
    await api.sendEmailInvitesToTeam(team.id, [email])
    out.print('Invites may or may not have been sent.')
  })
}
