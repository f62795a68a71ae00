import type { Action, Context } from '../../cli/command.ts'
import { CredentialsFile, credentialsPath } from '../../connect/credentials.ts'
import type { Credentials } from '../../connect/credentials.ts'

const fileOf = ({ flags, world }: Context) => new CredentialsFile(credentialsPath(flags, world))

/** An entry without its token, as JSON shows it. */
const shown = ({ authToken: _secret, ...rest }: Credentials) => rest

/** Prints the active credentials. */
export const current: Action = async (context) => {
  const active = await fileOf(context).active()
  if (!active)
    throw new Error('no credentials are active. `mmctl auth set NAME` chooses some, `mmctl auth login` adds some')
  const { name, username, instanceUrl } = active
  context.out.print(`\n  found credentials for "${name}": "${username}@${instanceUrl}"\n`, shown(active))
}

/** Makes other credentials the active ones. */
export const set: Action = async (context) => {
  const file = fileOf(context)
  const entry = await file.named(context.args[0]!)
  await file.store({ ...entry, active: true })
  context.out.print(`Credentials for server "${entry.name}" set as active`)
}

/** Prints all credentials as a table, or as JSON; never their tokens. */
export const list: Action = async (context) => {
  const entries = await fileOf(context).list()
  if (entries.length === 0) throw new Error('no credentials are stored. `mmctl auth login` adds some')
  if (context.out.json) for (const entry of entries) context.out.print('', shown(entry))
  else context.out.print(table(entries))
}

/** Forgets one entry. */
export const remove: Action = async (context) => fileOf(context).delete(context.args[0]!)

/** Forgets all. */
export const clean: Action = async (context) => fileOf(context).clean()

function table(entries: readonly Credentials[]): string {
  const rows = entries.map((one) => [one.active ? '*' : '', one.name, one.username, one.instanceUrl])
  const titles = ['Active', 'Name', 'Username', 'InstanceURL']
  const widths = titles.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)))
  const line = (cells: readonly string[]) => `    | ${cells.map((cell, i) => cell.padStart(widths[i]!)).join(' | ')} |`
  const dashes = `    |${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return ['', line(titles), dashes, ...rows.map(line), ''].join('\n')
}
