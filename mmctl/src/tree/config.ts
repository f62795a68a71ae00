import { atLeast, bool, command, exactly, group, string } from '../cli/declare.ts'

const read = () => import('../commands/config/read.ts')
const server = () => import('../commands/config/server.ts')

const changing = [
  command(
    'set',
    'Change a setting',
    {
      usage: '[setting] [values]',
      count: atLeast(2),
      examples: ['config set TeamSettings.MaxUsersPerTeam 100', 'config set SqlSettings.DataSourceReplicas one two'],
    },
    async () => (await import('../commands/config/set.ts')).set,
  ),
  command(
    'patch',
    'Lay a file of settings over the configuration',
    { usage: '<config-file>', count: exactly(1), examples: ['config patch changes.json'] },
    async () => (await import('../commands/config/patch.ts')).patch,
  ),
  command(
    'edit',
    'Open the configuration in an editor (EDITOR, or vi)',
    { count: exactly(0) },
    async () => (await import('../commands/config/edit.ts')).edit,
  ),
  command(
    'reset',
    'Give settings or sections the values of a new server',
    {
      usage: '[settings]',
      count: atLeast(1),
      examples: ['config reset TeamSettings.MaxUsersPerTeam LogSettings'],
      flags: [bool('confirm', 'Do not ask')],
    },
    async () => (await import('../commands/config/reset.ts')).reset,
  ),
]

/** The configuration of the server. */
export const config = group('config', 'Read and change the configuration', [
  command(
    'get',
    'Show a setting',
    { usage: '[setting]', count: exactly(1), single: true, examples: ['config get ServiceSettings.SiteURL'] },
    async () => (await read()).get,
  ),
  command('show', 'Show the whole configuration', { count: exactly(0), single: true }, async () => (await read()).show),
  command(
    'export',
    'Show the configuration for keeping it elsewhere',
    {
      count: exactly(0),
      single: true,
      examples: ['config export --remove-defaults'],
      flags: [
        bool('remove-masked', 'Leave out what is masked', { default: 'true' }),
        bool('remove-defaults', 'Leave out what is as on a new server'),
      ],
    },
    async () => (await read()).exportConfig,
  ),
  ...changing,
  command(
    'reload',
    'Let the server read its configuration again',
    { count: exactly(0) },
    async () => (await server()).reload,
  ),
  command(
    'migrate',
    'Copy the configuration to another file (local mode only)',
    {
      usage: '[from_config] [to_config]',
      count: exactly(2),
      examples: ['config migrate config.json /etc/config.json'],
    },
    async () => (await server()).migrate,
  ),
  command(
    'subpath',
    'Serve the client below a path',
    {
      count: exactly(0),
      flags: [
        string('assets-dir', 'Folder of the client', { short: 'a', required: true }),
        string('path', 'Path of the site', { short: 'p', required: true }),
      ],
    },
    async () => (await import('../commands/config/subpath.ts')).subpath,
  ),
])
