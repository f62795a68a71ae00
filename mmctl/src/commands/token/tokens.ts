import type { UserAccessToken } from '@mattermost/types/users'
import type { Action } from '../../cli/command.ts'
import { forEach } from '../../each.ts'
import { listPages } from '../../paging.ts'
import { findUser } from '../../resolve/user.ts'

/** Makes an access token; its secret is printed here and never again. */
export const generate: Action = async ({ args: [arg, description], out, connect }) => {
  const { api } = await connect()
  const user = await findUser(api, arg!)
  const token = await api.createUserAccessToken(user.id, description!)
  out.print(`${token.token}: ${token.description}`, token)
}

/** Prints the access tokens of an account, without their secrets. */
export const list: Action = async ({ args, flags, out, connect }) => {
  const { api } = await connect()
  const user = await findUser(api, args[0]!)
  const page = (params: string) => api.call<UserAccessToken[]>('GET', `/users/${user.id}/tokens?${params}`)
  const tokens = await listPages(flags, out, page)
  if (tokens.length === 0) throw new Error(`there are no tokens for "${args[0]}"`)
  for (const token of tokens) {
    const wanted = token.is_active ? flags.bool('active') : flags.bool('inactive')
    if (wanted) out.print(`${token.id}: ${token.description}`, token)
  }
}

/** Ends access tokens for good. */
export const revoke: Action = async ({ args, connect }) => {
  const { api } = await connect()
  await forEach(args, async (id) => {
    await api.revokeUserAccessToken(id)
  })
}
