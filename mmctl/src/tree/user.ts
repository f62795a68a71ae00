import { atLeast, bool, command, exactly, group, paging, required, string } from '../cli/declare.ts'
import { userAttributes } from './later.ts'
import { changes } from './user-changes.ts'
import { preference } from './user-preferences.ts'

const lists = [
  command(
    'list',
    'List accounts',
    {
      count: exactly(0),
      examples: ['user list', 'user list --all --team engineering'],
      flags: [
        ...paging(),
        string('team', 'Only members of the team with this name'),
        bool('inactive', 'Only accounts that are deactivated'),
        string('role', 'Only holders of this system role'),
      ],
    },
    async () => (await import('../commands/user/list.ts')).list,
  ),
  command(
    'search',
    'Show accounts with everything about them',
    { usage: '[users]', single: true, examples: ['user search anna ben@example.com'] },
    async () => (await import('../commands/user/search.ts')).search,
  ),
]

const profile = [
  string('nickname', 'Nickname'),
  string('firstname', 'First name'),
  string('lastname', 'Last name'),
  string('locale', 'Language of the account, such as en or ko'),
]

const making = [
  command(
    'create',
    'Make an account',
    {
      single: true,
      examples: ['user create --email anna@example.com --username anna --password a-long-password'],
      flags: [
        string('username', 'Username', required),
        string('email', 'E-mail address', required),
        string('password', 'Password', required),
        ...profile,
        bool('system-admin', 'Make the account a system administrator'),
        bool('guest', 'Make the account a guest'),
        bool('email-verified', 'Count the e-mail address as proven'),
        bool('disable-welcome-email', 'Send no mail to the new account'),
      ],
    },
    async () => (await import('../commands/user/create.ts')).create,
  ),
  command(
    'invite',
    'Mail an invitation to teams',
    { usage: '[email] [teams]', examples: ['user invite anna@example.com engineering'] },
    async () => (await import('../commands/user/invite.ts')).invite,
  ),
  command(
    'convert',
    'Make bots of accounts, or an account of a bot',
    {
      usage: '(--bot [emails] [usernames] [userIds] / --user <username> --password PASSWORD [--email EMAIL])',
      count: atLeast(1),
      flags: [
        bool('bot', 'The accounts become bots'),
        bool('user', 'The bot becomes an account'),
        string('password', 'Password of the account'),
        string('username', 'Username of the account'),
        string('email', 'E-mail address of the account'),
        ...profile,
        bool('system-admin', 'Make the account a system administrator'),
      ],
    },
    async () => (await import('../commands/user/convert.ts')).convert,
  ),
]

const deleting = [
  command(
    'delete',
    'Erase accounts with everything they wrote',
    { usage: '[users]', count: atLeast(1), flags: [bool('confirm', 'Do not ask')] },
    async () => (await import('../commands/user/delete.ts')).deleteUsers,
  ),
  command(
    'deleteall',
    'Erase all accounts (local mode only)',
    { count: exactly(0), flags: [bool('confirm', 'Do not ask')] },
    async () => (await import('../commands/user/delete.ts')).deleteAll,
  ),
]

/** Accounts. */
export const user = group('user', 'Manage accounts', [
  ...lists,
  ...making,
  ...changes,
  ...deleting,
  preference,
  userAttributes,
])
