import type { Action } from '../../cli/command.ts'
import { forEach } from '../../each.ts'
import { findUser } from '../../resolve/user.ts'
import type { Account } from '../../resolve/user.ts'

/** Prints everything about each account that is named. */
export const search: Action = async ({ args, out, connect }) => {
  if (args.length === 0) throw new Error('name at least one user: an e-mail address, a username or an id')
  const { api } = await connect()
  let isFirst = true
  await forEach(args, async (arg) => {
    const user = await findUser(api, arg)
    const object = { ...user, Deactivated: user.delete_at > 0, AuthData: user.auth_data ?? null }
    out.print(`${isFirst ? '' : `${'-'.repeat(30)}\n`}${block(user)}`, object)
    isFirst = false
  })
}

function block(user: Account): string {
  return [
    `id: ${user.id}`,
    `deactivated: ${user.delete_at > 0}`,
    `username: ${user.username}`,
    `nickname: ${user.nickname}`,
    `position: ${user.position}`,
    `first_name: ${user.first_name}`,
    `last_name: ${user.last_name}`,
    `email: ${user.email}`,
    `auth_service: ${user.auth_service}`,
    `auth_data: ${user.auth_data ?? ''}`,
  ].join('\n')
}
