import { atLeast, bool, command, exactly, group, paging } from '../cli/declare.ts'

const tokens = () => import('../commands/token/tokens.ts')

/** Personal access tokens. */
export const token = group('token', 'Manage personal access tokens', [
  command(
    'generate',
    'Make a token for an account',
    { usage: '[user] [description]', count: exactly(2), examples: ['token generate anna "for the build server"'] },
    async () => (await tokens()).generate,
  ),
  command(
    'list',
    'List the tokens of an account',
    {
      usage: '[user]',
      count: exactly(1),
      examples: ['token list anna'],
      flags: [
        ...paging(),
        bool('active', 'Show tokens in use', { default: 'true' }),
        bool('inactive', 'Show tokens that are switched off'),
      ],
    },
    async () => (await tokens()).list,
  ),
  command(
    'revoke',
    'End tokens for good',
    { usage: '[token-ids]', count: atLeast(1) },
    async () => (await tokens()).revoke,
  ),
])
