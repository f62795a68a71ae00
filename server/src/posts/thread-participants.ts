import type { App } from '../app.ts'

/**
 * People of a thread as clients know users: only their ids, or with `named` what everyone may see of them. Clients load
 * what else they need.
 */
export function participantsOf(
  app: Pick<App, 'access' | 'config'>,
  userIds: readonly string[],
  named: boolean,
): Promise<object[]> {
  return Promise.all(userIds.map(async (id) => (named ? profile(app, id) : nobody(id))))
}

const nobody = (id: string) => ({
  id,
  delete_at: 0,
  username: '',
  auth_service: '',
  email: '',
  nickname: '',
  first_name: '',
  last_name: '',
  position: '',
  roles: '',
  locale: '',
  timezone: null,
  disable_welcome_email: false,
})

async function profile(app: Pick<App, 'access' | 'config'>, id: string) {
  const user = await app.access.user(id)
  if (!user) return nobody(id)
  const { ShowEmailAddress, ShowFullName } = app.config.get().PrivacySettings
  return {
    ...nobody(id),
    delete_at: user.deleteAt,
    username: user.username,
    nickname: user.nickname,
    roles: user.roles.join(' '),
    locale: user.locale,
    ...(ShowFullName && { first_name: user.firstName, last_name: user.lastName }),
    ...(ShowEmailAddress && { email: user.email }),
    ...(user.isBot && { is_bot: true }),
  }
}
