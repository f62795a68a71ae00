import { atLeast, bool, command, exactly, group, string } from '../cli/declare.ts'

const change = () => import('../commands/channel/change.ts')
const members = () => import('../commands/channel/members.ts')
const lists = () => import('../commands/channel/list.ts')

const changing = [
  command(
    'rename',
    'Give a channel another name',
    {
      usage: '[channel]',
      count: exactly(1),
      examples: ['channel rename engineering:build --name ci --display-name CI'],
      flags: [
        string('name', 'Name of the channel, as in its address'),
        string('display-name', 'Name of the channel, as people see it'),
      ],
    },
    async () => (await change()).rename,
  ),
  command(
    'modify',
    'Make a channel public or private',
    {
      usage: '[channel] [flags]',
      count: exactly(1),
      examples: ['channel modify engineering:build --private'],
      flags: [bool('private', 'Only members see it'), bool('public', 'Everybody in the team may join')],
    },
    async () => (await change()).modify,
  ),
  command(
    'move',
    'Move channels to another team',
    {
      usage: '[team] [channels]',
      count: atLeast(2),
      examples: ['channel move sales engineering:build'],
      flags: [bool('force', 'Take members who are not in the new team out of the channel')],
    },
    async () => (await change()).move,
  ),
  command('archive', 'Archive channels', { usage: '[channels]' }, async () => (await change()).archive),
  command('unarchive', 'Bring archived channels back', { usage: '[channels]' }, async () => (await change()).unarchive),
  command(
    'delete',
    'Erase channels with everything in them',
    { usage: '[channels]', count: atLeast(1), flags: [bool('confirm', 'Do not ask')] },
    async () => (await change()).remove,
  ),
]

/** Channels. */
export const channel = group('channel', 'Manage channels', [
  command(
    'create',
    'Make a channel',
    {
      single: true,
      examples: ['channel create --team engineering --name build --display-name Build'],
      flags: [
        string('name', 'Name of the channel, as in its address'),
        string('display-name', 'Name of the channel, as people see it'),
        string('team', 'Name or id of the team'),
        string('header', 'Text above the posts'),
        string('purpose', 'What the channel is for'),
        bool('private', 'Only members see it'),
      ],
    },
    async () => (await import('../commands/channel/create.ts')).create,
  ),
  command(
    'list',
    'List the channels of teams',
    { usage: '[teams]', count: atLeast(1), examples: ['channel list engineering'] },
    async () => (await lists()).list,
  ),
  command(
    'search',
    'Find a channel by its name',
    {
      usage: '[channel]',
      count: exactly(1),
      single: true,
      examples: ['channel search build --team engineering'],
      flags: [string('team', 'Look in this team only')],
    },
    async () => (await lists()).search,
  ),
  ...changing,
  group('users', 'Manage the members of channels', [
    command(
      'add',
      'Make accounts members of a channel',
      { usage: '[channel] [users]', examples: ['channel users add engineering:build anna'] },
      async () => (await members()).add,
    ),
    command(
      'remove',
      'Take accounts out of a channel',
      {
        usage: '[channel] [users]',
        examples: ['channel users remove engineering:build anna'],
        flags: [bool('all-users', 'All of them')],
      },
      async () => (await members()).remove,
    ),
  ]),
])
