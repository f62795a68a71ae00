import { atLeast, bool, command, exactly, group, string } from '../cli/declare.ts'

const change = () => import('../commands/user/change.ts')
const edit = () => import('../commands/user/edit.ts')

const people = '[emails, usernames, userIds]'

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

/** Changes of accounts. */
export const changes = [
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
  ...formerly,
]
