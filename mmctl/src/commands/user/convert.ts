import type { UserProfile } from '@mattermost/types/users'
import type { Action, Context } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'
import { forEach } from '../../each.ts'
import { findUser } from '../../resolve/user.ts'

/** Makes bots of accounts, or an account of a bot. */
export const convert: Action = async (context) => {
  const { flags } = context
  if (flags.bool('bot') === flags.bool('user')) throw new UsageError('use either --bot or --user')
  await (flags.bool('bot') ? toBots(context) : toUser(context))
}

async function toBots({ args, out, connect }: Context): Promise<void> {
  const { api } = await connect()
  await forEach(args, async (arg) => {
    const user = await findUser(api, arg)
    out.print(`${user.username} converted to bot.`, await api.call('POST', `/users/${user.id}/convert_to_bot`))
  })
}

async function toUser({ args, flags, out, connect }: Context): Promise<void> {
  if (!flags.given('password')) throw new UsageError('--user needs --password')
  const { api } = await connect()
  const bot = await findUser(api, args[0]!)
  const fields: Record<string, string> = {
    password: 'password',
    username: 'username',
    email: 'email',
    nickname: 'nickname',
    firstname: 'first_name',
    lastname: 'last_name',
    locale: 'locale',
  }
  const given = Object.entries(fields).filter(([flag]) => flags.given(flag))
  const patch = Object.fromEntries(given.map(([flag, field]) => [field, flags.text(flag)]))
  const query = `set_system_admin=${flags.bool('system-admin')}`
  const user = await api.call<UserProfile>('POST', `/bots/${bot.id}/convert_to_user?${query}`, patch)
  out.print(`${user.username} converted to user.`, user)
}
