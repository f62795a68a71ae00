import { readFile } from 'node:fs/promises'
import type { Action, Context } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'
import { confirm } from '../../prompt/confirm.ts'

const FROM = ['email', 'gitlab', 'google', 'office365', 'ldap', 'saml']

/** Moves all accounts of one kind of sign-in to LDAP or SAML. */
export const migrateAuth: Action = async (context) => {
  const [from = '', to = ''] = context.args
  if (!FROM.includes(from)) throw new UsageError(`accounts can be moved from ${FROM.join(', ')}`)
  if (from === to) throw new UsageError('both ways of signing in are the same')
  if (to === 'ldap') await toLdap(context, from)
  else if (to === 'saml') await toSaml(context, from)
  else throw new UsageError('accounts can be moved to ldap or saml')
  context.out.print('Successfully migrated accounts.')
}

async function toLdap({ args, flags, connect }: Context, from: string): Promise<void> {
  const field = args[2] ?? ''
  if (args.length !== 3 || !['email', 'username'].includes(field)) {
    throw new UsageError('the third argument names the field that both sides share: email or username')
  }
  const { api } = await connect()
  await api.call('POST', '/users/migrate_auth/ldap', { from, match_field: field, force: flags.bool('force') })
}

async function toSaml(context: Context, from: string): Promise<void> {
  const { args, flags } = context
  const auto = flags.bool('auto')
  if (auto === args.length > 2) throw new UsageError('give either the file that pairs the users, or --auto')
  const matches = auto ? {} : JSON.parse(await readFile(args[2]!, 'utf8'))
  if (auto) await confirm(context, 'Move everybody by e-mail address alone? Addresses must be the same on both sides.')
  const { api } = await context.connect()
  await api.call('POST', '/users/migrate_auth/saml', { from, matches, auto })
}
