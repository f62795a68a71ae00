import type { UserProfile } from '@mattermost/types/users'
import type { Action } from '../../cli/command.ts'
import { findUser } from '../../resolve/user.ts'

const MAX_AUTH_DATA = 128

/** Gives an account another username or e-mail address. */
const editField =
  (field: 'username' | 'email'): Action =>
  async ({ args, out, connect }) => {
    const [arg, value] = args as [string, string]
    if (!value) throw new Error(`the new ${field} is empty`)
    const { api } = await connect()
    const user = await findUser(api, arg)
    const changed = await api.call<UserProfile>('PUT', `/users/${user.id}`, { ...user, [field]: value })
    out.print(`User ${changed.username} ${field} updated successfully`, changed)
  }

export const editUsername = editField('username')
export const editEmail = editField('email')

/** Says which account of the sign-in provider belongs to an account here. */
export const editAuthData: Action = async ({ args, out, connect }) => {
  const [arg, authData] = args as [string, string]
  if (!authData) throw new Error('the new authdata is empty')
  if ([...authData].length > MAX_AUTH_DATA) throw new Error(`authdata has at most ${MAX_AUTH_DATA} characters`)
  const { api } = await connect()
  const user = await findUser(api, arg)
  await api.call('PUT', `/users/${user.id}/auth`, { auth_service: user.auth_service, auth_data: authData })
  out.print(`User ${user.username} authdata updated successfully`, await api.getUser(user.id))
}
