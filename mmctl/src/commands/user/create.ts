import type { UserProfile } from '@mattermost/types/users'
import type { Action } from '../../cli/command.ts'

/** Makes an account, and an administrator or guest of it if wanted. */
export const create: Action = async ({ flags, out, connect }) => {
  const { api } = await connect()
  const text = (name: string) => flags.text(name)
  let user = await api.call<UserProfile>('POST', '/users', {
    username: text('username'),
    email: text('email'),
    password: text('password'),
    nickname: text('nickname'),
    first_name: text('firstname'),
    last_name: text('lastname'),
    ...(flags.given('locale') && { locale: text('locale') }),
    email_verified: flags.bool('email-verified'),
    disable_welcome_email: flags.bool('disable-welcome-email'),
  })
  if (flags.bool('system-admin')) {
    await api.updateUserRoles(user.id, 'system_user system_admin')
    user = await api.getUser(user.id)
  } else if (flags.bool('guest')) {
    await api.demoteUserToGuest(user.id)
    user = await api.getUser(user.id)
  }
  out.print(`Created user ${user.username}`, user)
}
