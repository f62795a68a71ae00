import type { Flag } from './command.ts'
import { bool, string } from './declare.ts'

/** Known to every command; each has a twin in the environment, MMCTL_NAME. */
export const globalFlags: readonly Flag[] = [
  string('config', 'File that keeps the credentials (default $XDG_CONFIG_HOME/mmctl/config)'),
  string('config-path', 'Folder above mmctl/config, as mmctl 7.10 and older had it', { hidden: true }),
  bool('disable-pager', 'Never show long output page by page'),
  string('format', 'Form of the output: plain or json', { default: 'plain', hidden: true }),
  bool('help', 'Show how a command is used', { short: 'h' }),
  bool('insecure-sha1-intermediate', 'Accept certificates signed with SHA-1 (not safe)'),
  bool('insecure-tls-version', 'Accept TLS 1.0 and 1.1 (not safe)'),
  bool('json', 'Print JSON'),
  bool('local', 'Talk to the server of this machine through its unix socket, without signing in'),
  string('local-socket-path', 'The unix socket of --local', {
    default: '/var/tmp/mattermost_local.socket',
    hidden: true,
  }),
  bool('no-stat', 'Lists print no line with their count', { hidden: true }),
  bool('quiet', 'Print nothing but errors'),
  bool('short-stat', 'Lists print only the line with their count', { hidden: true }),
  bool('strict', 'Refuse to work with a server of another version'),
  bool('suppress-warnings', 'Do not warn of a server of another version'),
]
