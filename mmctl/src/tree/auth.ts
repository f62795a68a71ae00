import { bool, command, exactly, group, string } from '../cli/declare.ts'
import type { Flag } from '../cli/command.ts'

const proof: readonly Flag[] = [
  string('password', 'Password of the account (others on this machine may see it; prefer the file)', {
    short: 'p',
    hidden: true,
  }),
  string('password-file', 'File that holds the password of the account', { short: 'f' }),
  string('access-token', 'Personal access token in place of username and password', { short: 'a', hidden: true }),
  string('access-token-file', 'File that holds a personal access token', { short: 't' }),
  string('mfa-token', 'Code of the multi-factor authentication', { short: 'm' }),
]

const stored = () => import('../commands/auth/stored.ts')

/** Signing in, and the credentials that are kept. */
export const auth = group('auth', 'Sign in to servers and choose among them', [
  command(
    'login',
    'Sign in to a server and keep the credentials',
    {
      usage: '[instance url] --name [server name] --username [username] --password-file [password-file]',
      count: exactly(1),
      examples: [
        'auth login https://chat.example.com',
        'auth login https://chat.example.com --name work --username anna --password-file pw.txt',
        'auth login https://chat.example.com --name work --access-token-file token.txt',
      ],
      flags: [
        string('name', 'Name under which the credentials are kept', { short: 'n' }),
        string('username', 'Username or e-mail address of the account', { short: 'u' }),
        ...proof,
        bool('no-activate', 'Keep the credentials without making them the active ones'),
      ],
    },
    async () => (await import('../commands/auth/login.ts')).login,
  ),
  command('current', 'Show the active credentials', { single: true }, async () => (await stored()).current),
  command(
    'set',
    'Make other credentials the active ones',
    { usage: '[server name]', count: exactly(1), examples: ['auth set work'] },
    async () => (await stored()).set,
  ),
  command('list', 'List the credentials that are kept', {}, async () => (await stored()).list),
  command(
    'renew',
    'Sign in again with credentials that have ended',
    { usage: '[server name]', count: exactly(1), examples: ['auth renew work'], flags: proof },
    async () => (await import('../commands/auth/renew.ts')).renew,
  ),
  command(
    'delete',
    'Forget credentials',
    { usage: '[server name]', count: exactly(1), examples: ['auth delete work'] },
    async () => (await stored()).remove,
  ),
  command('clean', 'Forget all credentials', {}, async () => (await stored()).clean),
])
