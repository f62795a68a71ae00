import type { Action } from '../../cli/command.ts'
import { confirm } from '../../prompt/confirm.ts'

interface Result {
  readonly data: {
    readonly parent_name: string
    readonly child_name: string
    readonly parent_id_attr: string
    readonly child_id_attr: string
    readonly records: readonly { readonly parent_id: string | null; readonly child_id: string | null }[] | null
  }
  readonly err: string | null
}

/** Looks for rows of the database whose parent is gone. */
export const integrity: Action = async (context) => {
  const { flags, out } = context
  if (!flags.bool('local')) throw new Error('this works in local mode only: use --local on the server itself')
  await confirm(context, 'Search the whole database for lost rows? This may slow the server down.')
  const { api } = await context.connect()
  for (const result of await api.call<Result[]>('POST', '/integrity')) {
    if (result.err) throw new Error(result.err)
    const { parent_name: parent, child_name: child, child_id_attr: attribute, records } = result.data
    const lines = [`Found ${records?.length ?? 0} in relation ${child} orphans of relation ${parent}`]
    const lost = (id: string | null) => (id === null || id === '' ? '<none>' : id)
    for (const one of flags.bool('verbose') ? (records ?? []) : []) {
      lines.push(`  Child ${child}.${attribute} ${lost(one.child_id)} has lost its parent ${lost(one.parent_id)}`)
    }
    out.print(lines.join('\n'), result)
  }
}
