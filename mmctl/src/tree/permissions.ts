import { atLeast, command, exactly, group } from '../cli/declare.ts'

const change = () => import('../commands/permissions/change.ts')
const rolesOf = () => import('../commands/permissions/roles.ts')

/** What roles may do. */
export const permissions = group('permissions', 'Say what roles may do', [
  command(
    'add',
    'Add permissions to a role',
    {
      usage: '<role> <permission...>',
      count: atLeast(2),
      examples: ['permissions add system_user list_private_teams'],
    },
    async () => (await change()).add,
  ),
  command(
    'remove',
    'Take permissions from a role',
    {
      usage: '<role> <permission...>',
      count: atLeast(2),
      examples: ['permissions remove system_user list_private_teams'],
    },
    async () => (await change()).remove,
  ),
  command(
    'reset',
    'Give a built-in role the permissions it has on a new server',
    { usage: '<role_name>', count: exactly(1), single: true, examples: ['permissions reset system_user'] },
    async () => (await change()).reset,
  ),
  group('role', 'Say who has a role', [
    command(
      'show',
      'Show a role with its permissions',
      { usage: '<role_name>', count: exactly(1), single: true, examples: ['permissions role show system_user'] },
      async () => (await rolesOf()).show,
    ),
    command(
      'assign',
      'Give accounts a role',
      {
        usage: '<role_name> <username...>',
        count: atLeast(2),
        examples: ['permissions role assign system_manager anna'],
      },
      async () => (await rolesOf()).assign,
    ),
    command(
      'unassign',
      'Take a role from accounts',
      {
        usage: '<role_name> <username...>',
        count: atLeast(2),
        examples: ['permissions role unassign system_manager anna'],
      },
      async () => (await rolesOf()).unassign,
    ),
  ]),
])
