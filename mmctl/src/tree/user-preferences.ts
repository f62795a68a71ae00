import { atLeast, command, group, string } from '../cli/declare.ts'

const preferences = () => import('../commands/user/preferences.ts')

const category = string('category', 'Category of the preference', { short: 'c', required: true })
const name = string('name', 'Name of the preference', { short: 'n', required: true })

/** Preferences of accounts. */
export const preference = group(
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
