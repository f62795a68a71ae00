import type { Command } from '../cli/command.ts'

/**
 * Commands whose part of the server's API does not exist yet. Help does not show them. Whoever runs one is told what is
 * missing, instead of hearing that there is no such command.
 */
function missing(name: string, part: string, aliases?: readonly string[]): Command {
  const load = async () => async () => {
    throw new Error(`\`mmctl ${name}\` is not available: this server has no API for ${part} yet`)
  }
  return { name: name.split(' ').at(-1)!, aliases, help: `Needs ${part}`, hidden: true, takesAnything: true, load }
}

export const userAttributes = missing('user attributes', 'custom profile attributes', ['attrs', 'cpa'])

/** Whole groups that are missing. */
export const later: readonly Command[] = [
  missing('bot', 'bots'),
  missing('command', 'slash commands'),
  missing('webhook', 'webhooks'),
  missing('plugin', 'plugins'),
  missing('oauth', 'OAuth applications'),
  missing('job', 'jobs'),
  missing('export', 'exports'),
  missing('import', 'imports'),
  missing('extract', 'jobs that read the content of files'),
  missing('sampledata', 'imports'),
  missing('compliance-export', 'compliance exports'),
  missing('ldap', 'LDAP'),
  missing('saml', 'SAML'),
  missing('report', 'reports'),
]
