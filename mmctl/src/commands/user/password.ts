import type { Action, Context } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'
import { findUser } from '../../resolve/user.ts'

/** Gives an account another password. It is asked for, unseen, when the flag is missing. */
export const changePassword: Action = async (context) => {
  const { args, flags, out } = context
  const isHashed = flags.bool('hashed')
  if (isHashed && !flags.given('password')) throw new UsageError('--hashed needs the hash in --password')
  const { api } = await context.connect()
  const user = await findUser(api, args[0]!)
  const password = flags.given('password') ? flags.text('password') : await askTwice(context)
  await api.call(
    'PUT',
    `/users/${user.id}/password`,
    isHashed
      ? { already_hashed: true, new_password: password }
      : { current_password: flags.text('current'), new_password: password },
  )
  out.print(`Password for user ${user.username} successfully changed`)
}

async function askTwice({ prompt }: Context): Promise<string> {
  const password = await prompt.ask('New password: ', { hidden: true })
  if (!prompt.isInteractive) return password
  if ((await prompt.ask('New password again: ', { hidden: true })) === password) return password
  throw new Error('the two passwords differ; nothing was changed')
}
