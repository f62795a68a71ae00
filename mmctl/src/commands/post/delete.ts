import type { Action } from '../../cli/command.ts'
import { forEach } from '../../each.ts'
import { confirm } from '../../prompt/confirm.ts'
import { isId } from '../../resolve/user.ts'

/** Deletes posts; with --permanent nothing of them stays. */
export const deletePosts: Action = async (context) => {
  const { args, flags, out } = context
  const isPermanent = flags.bool('permanent')
  const question = isPermanent ? 'Erase these posts? This cannot be undone.' : 'Delete these posts?'
  await confirm(context, question, { backup: isPermanent })
  const { api } = await context.connect()
  await forEach(args, async (id) => {
    if (!isId(id)) throw new Error(`"${id}" is not the id of a post`)
    await api.call('DELETE', `/posts/${id}${isPermanent ? '?permanent=true' : ''}`)
    out.print(`${id} successfully deleted`)
  })
}
