import { atLeast, bool, command, exactly, group, required, string } from '../cli/declare.ts'

const change = () => import('../commands/team/change.ts')
const members = () => import('../commands/team/members.ts')
const lists = () => import('../commands/team/list.ts')

const unasked = bool('confirm', 'Do not ask')

const changing = [
  command(
    'rename',
    'Give a team another display name',
    {
      usage: '[team]',
      count: exactly(1),
      examples: ['team rename engineering --display-name "Engineering Seoul"'],
      flags: [string('display-name', 'The new display name', required)],
    },
    async () => (await change()).rename,
  ),
  command(
    'modify',
    'Open teams to everybody or close them',
    {
      usage: '[teams] [flag]',
      count: atLeast(1),
      examples: ['team modify engineering --private'],
      flags: [bool('private', 'Only invited people may join'), bool('public', 'Everybody may join')],
    },
    async () => (await change()).modify,
  ),
  command(
    'archive',
    'Archive teams',
    { usage: '[teams]', count: atLeast(1), flags: [unasked] },
    async () => (await change()).archive,
  ),
  command(
    'restore',
    'Bring archived teams back',
    { usage: '[teams]', count: atLeast(1) },
    async () => (await change()).restore,
  ),
  command(
    'delete',
    'Erase teams with everything in them',
    { usage: '[teams]', count: atLeast(1), flags: [unasked] },
    async () => (await change()).remove,
  ),
]

/** Teams. */
export const team = group('team', 'Manage teams', [
  command(
    'create',
    'Make a team',
    {
      single: true,
      examples: ['team create --name engineering --display-name Engineering'],
      flags: [
        string('name', 'Name of the team, as in its address'),
        string('display-name', 'Name of the team, as people see it'),
        bool('private', 'Only invited people may join'),
        string('email', 'E-mail address of whoever looks after the team'),
      ],
    },
    async () => (await import('../commands/team/create.ts')).create,
  ),
  command('list', 'List all teams', {}, async () => (await lists()).list),
  command(
    'search',
    'Find teams by a part of their name',
    { usage: '[teams]', count: atLeast(1), examples: ['team search engin'] },
    async () => (await lists()).search,
  ),
  ...changing,
  group('users', 'Manage the members of teams', [
    command(
      'add',
      'Make accounts members of a team',
      { usage: '[team] [users]', count: atLeast(2), examples: ['team users add engineering anna ben@example.com'] },
      async () => (await members()).add,
    ),
    command(
      'remove',
      'Take accounts out of a team',
      { usage: '[team] [users]', count: atLeast(2), examples: ['team users remove engineering anna'] },
      async () => (await members()).remove,
    ),
  ]),
])
