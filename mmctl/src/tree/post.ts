import { atLeast, bool, command, exactly, group, int, string } from '../cli/declare.ts'

/** Posts. */
export const post = group('post', 'Manage posts', [
  command(
    'create',
    'Post a message to a channel',
    {
      usage: '[channel]',
      count: exactly(1),
      examples: ['post create engineering:build --message "The build is green"'],
      flags: [
        string('message', 'Text of the post', { short: 'm' }),
        string('reply-to', 'Id of the post to answer', { short: 'r' }),
        bool('burn-on-read', 'The post disappears once it is read', { short: 'b' }),
      ],
    },
    async () => (await import('../commands/post/create.ts')).create,
  ),
  command(
    'list',
    'Show the newest posts of a channel',
    {
      usage: '[channel]',
      count: exactly(1),
      single: true,
      examples: ['post list engineering:build', 'post list engineering:build --since 2026-01-31T09:00:00+09:00'],
      flags: [
        int('number', 'How many posts to show', { short: 'n', default: '20' }),
        bool('show-ids', 'Show the ids of the posts', { short: 'i' }),
        bool('follow', 'Go on and show posts as they come', { short: 'f' }),
        string('since', 'Show the posts since this time (ISO 8601)', { short: 's' }),
      ],
    },
    async () => (await import('../commands/post/list.ts')).list,
  ),
  command(
    'delete',
    'Delete posts',
    {
      usage: '[posts]',
      count: atLeast(1),
      flags: [bool('confirm', 'Do not ask'), bool('permanent', 'Erase the posts with their files')],
    },
    async () => (await import('../commands/post/delete.ts')).deletePosts,
  ),
  command(
    'reveal',
    'Open a post that burns once it is read',
    { usage: '[post]', count: exactly(1) },
    async () => (await import('../commands/post/reveal.ts')).reveal,
  ),
])
