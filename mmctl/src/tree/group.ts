import { command, exactly, group as holder } from '../cli/declare.ts'
import type { Command } from '../cli/command.ts'
import type { Kind } from '../commands/group/groups.ts'

const groups = () => import('../commands/group/groups.ts')

function membership(kind: Kind): Command {
  const options = { usage: kind === 'team' ? '[team]' : '[team]:[channel]', count: exactly(1) }
  return holder(kind, `Let groups decide who is in a ${kind}`, [
    command('enable', `Only people of the ${kind}'s groups are members`, options, async () =>
      (await groups()).constrain(kind, true),
    ),
    command('disable', 'Anybody may be a member', options, async () => (await groups()).constrain(kind, false)),
    command('status', 'Show which of the two holds', options, async () => (await groups()).status(kind)),
    command('list', `List the groups of the ${kind}`, options, async () => (await groups()).list(kind)),
  ])
}

/** Groups of people. */
export const group = holder('group', 'Manage groups of people', [
  membership('team'),
  membership('channel'),
  holder('user', 'Manage groups that people made', [
    command(
      'restore',
      'Bring a deleted group back',
      { usage: '[groupname]', count: exactly(1) },
      async () => (await import('../commands/group/restore.ts')).restore,
    ),
  ]),
  command(
    'list-ldap',
    'List the groups of the directory',
    { count: exactly(0) },
    async () => (await groups()).listLdap,
  ),
])
