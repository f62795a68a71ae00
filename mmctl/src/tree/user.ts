import { atLeast, bool, command, exactly, group, paging, required, string } from '../cli/declare.ts'
import { userAttributes } from './later.ts'

const change = () => import('../commands/user/change.ts')
const edit = () => import('../commands/user/edit.ts')
const preferences = () => import('../commands/user/preferences.ts')

const people = '[emails, usernames, userIds]'

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

const changing = [
  command(
    'activate',
    'Let accounts sign in again',
    { usage: people, count: atLeast(1), examples: ['user activate anna'] },
    async () => (await change()).activate,
  ),
  command(
    'deactivate',
    'End the sessions of accounts and keep them out',
    { usage: people, count: atLeast(1), examples: ['user deactivate anna'] },
    async () => (await change()).deactivate,
  ),
  command(
    'reset-password',
    'Mail a link for choosing a new password',
    { usage: '[users]', aliases: ['reset_password'] },
    async () => (await change()).resetPassword,
  ),
  command(
    'change-password',
    'Give an account another password',
    {
      usage: '<user>',
      count: exactly(1),
      examples: ['user change-password anna'],
      flags: [
        string('current', 'Password until now; not needed for accounts of others', { short: 'c' }),
        string('password', 'New password; asked for if missing', { short: 'p' }),
        bool('hashed', 'The new password is given as the hash that is to be stored'),
      ],
    },
    async () => (await import('../commands/user/password.ts')).changePassword,
  ),
  command(
    'resetmfa',
    'Switch multi-factor authentication off',
    { usage: '[users]' },
    async () => (await change()).resetMfa,
  ),
  command(
    'verify',
    'Count e-mail addresses as proven',
    { usage: '[users]', count: atLeast(1) },
    async () => (await change()).verify,
  ),
  command(
    'promote',
    'Make guests members',
    { usage: '[guests]', count: atLeast(1) },
    async () => (await change()).promote,
  ),
  command(
    'demote',
    'Make members guests',
    { usage: '[users]', count: atLeast(1) },
    async () => (await change()).demote,
  ),
  command(
    'migrate-auth',
    'Move accounts to another way of signing in',
    {
      usage: '[from_auth] [to_auth] [migration-options]',
      aliases: ['migrate_auth'],
      examples: ['user migrate-auth email ldap username', 'user migrate-auth gitlab saml users.json'],
      flags: [
        bool('force', 'Move also when some accounts already use the new way (ldap)'),
        bool('auto', 'Pair accounts by e-mail address (saml)'),
        bool('confirm', 'Do not ask'),
      ],
    },
    async () => (await import('../commands/user/migrate-auth.ts')).migrateAuth,
  ),
  group('edit', 'Change accounts', [
    command(
      'username',
      'Give an account another username',
      { usage: '[user] [new username]', count: exactly(2), single: true },
      async () => (await edit()).editUsername,
    ),
    command(
      'email',
      'Give an account another e-mail address',
      { usage: '[user] [new email]', count: exactly(2), single: true },
      async () => (await edit()).editEmail,
    ),
    command(
      'authdata',
      'Say which account of the sign-in provider belongs to an account',
      { usage: '[user] [new authdata]', count: exactly(2), single: true },
      async () => (await edit()).editAuthData,
    ),
  ]),
]

/** `user email` and `user username`, as they were called up to 7.10. */
const formerly = [
  command(
    'username',
    'Give an account another username',
    { usage: '[user] [new username]', count: exactly(2), single: true, hidden: true },
    async () => (await edit()).editUsername,
  ),
  command(
    'email',
    'Give an account another e-mail address',
    { usage: '[user] [new email]', count: exactly(2), single: true, hidden: true },
    async () => (await edit()).editEmail,
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

const category = string('category', 'Category of the preference', { short: 'c', required: true })
const name = string('name', 'Name of the preference', { short: 'n', required: true })

const preference = group(
  'preference',
  'Preferences of accounts',
  [
    command(
      'list',
      'Show preferences',
      {
        usage: '[--category category] [users]',
        count: atLeast(1),
        flags: [string('category', 'Only those of this category', { short: 'c' })],
      },
      async () => (await preferences()).list,
    ),
    command(
      'get',
      'Show one preference',
      { usage: '--category [category] --name [name] [users]', count: atLeast(1), flags: [category, name] },
      async () => (await preferences()).get,
    ),
    command(
      'set',
      'Set one preference',
      {
        usage: '--category [category] --name [name] --value [value] [users]',
        aliases: ['update'],
        count: atLeast(1),
        flags: [category, name, string('value', 'Value of the preference', { short: 'v', required: true })],
      },
      async () => (await preferences()).set,
    ),
    command(
      'delete',
      'Forget one preference',
      { usage: '--category [category] --name [name] [users]', count: atLeast(1), flags: [category, name] },
      async () => (await preferences()).remove,
    ),
  ],
  ['pref'],
)

/** Accounts. */
export const user = group('user', 'Manage accounts', [
  ...lists,
  ...making,
  ...changing,
  ...formerly,
  ...deleting,
  preference,
  userAttributes,
])
