import type { App } from '../app.ts'
import type { Config } from '../config/config-types.ts'
import type { Session } from '../sessions/session.ts'
import { CUSTOM_STATUS_PROP, hasEnded } from '../statuses/custom-status.ts'
import type { User } from './user.ts'

/** Whose eyes: the account's owner, a holder of manage_system, anybody else. */
export type Viewer = 'self' | 'admin' | 'other'

/** What may be told of people to others. */
export type Privacy = Pick<Config['PrivacySettings'], 'ShowEmailAddress' | 'ShowFullName'>

/** A user as sent to a client. Keys that clients know as optional are left out when they have nothing to say. */
export type UserView = Pick<User, 'id' | 'username' | 'roles'> & { readonly [key: string]: unknown }

type Parts = Pick<App, 'access' | 'config'>

/** A user as the holder of `session` may see him. */
export function viewFor(app: Parts, session: Session, user: User): UserView {
  return userView(user, viewerOf(app, session, user.id), app.config.get().PrivacySettings)
}

/** Users as the holder of `session` may see them. */
export function viewsFor(app: Parts, session: Session, users: readonly User[]): UserView[] {
  const privacy = app.config.get().PrivacySettings
  const admin = app.access.can(session, 'manage_system')
  return users.map((user) => userView(user, session.userId === user.id ? 'self' : admin ? 'admin' : 'other', privacy))
}

/** In which role `session` looks at the account `userId`. */
export function viewerOf(app: Pick<App, 'access'>, session: Session, userId: string): Viewer {
  if (session.userId === userId) return 'self'
  return app.access.can(session, 'manage_system') ? 'admin' : 'other'
}

/** A user as `viewer` may see him. The provider's id (auth_data) is shown to nobody, as in the reference. */
export function userView(user: User, viewer: Viewer, privacy: Privacy): UserView {
  const known = viewer !== 'other'
  const fullName = known || privacy.ShowFullName
  return {
    id: user.id,
    ...some('create_at', user.create_at),
    ...some('update_at', user.update_at),
    delete_at: user.delete_at,
    username: user.username,
    auth_data: '',
    auth_service: known ? user.auth_service : '',
    email: known || privacy.ShowEmailAddress ? user.email : '',
    nickname: user.nickname,
    first_name: fullName ? user.first_name : '',
    last_name: fullName ? user.last_name : '',
    position: user.position,
    roles: user.roles,
    ...(Object.keys(user.props).length > 0 && { props: visibleProps(user.props, known) }),
    ...some('last_picture_update', user.last_picture_update),
    locale: user.locale,
    timezone: user.timezone,
    ...(user.remote_id && { remote_id: user.remote_id }),
    ...some('last_activity_at', user.last_activity_at ?? 0),
    ...(user.is_bot && { is_bot: true, bot_description: user.bot_description }),
    ...some('bot_last_icon_update', user.bot_last_icon_update),
    disable_welcome_email: false,
    ...(known && privateFields(user)),
  }
}

/** What only the owner and administrators learn. */
function privateFields(user: User): object {
  return {
    ...(user.email_verified && { email_verified: true }),
    ...(user.allow_marketing && { allow_marketing: true }),
    ...(Object.keys(user.notify_props).length > 0 && { notify_props: user.notify_props }),
    ...some('last_password_update', user.last_password_update),
    ...some('failed_attempts', user.failed_attempts),
    ...(user.mfa_active && { mfa_active: true }),
    ...(user.terms_of_service_id && {
      terms_of_service_id: user.terms_of_service_id,
      terms_of_service_create_at: user.terms_of_service_create_at ?? 0,
    }),
  }
}

const some = (key: string, value: number): object => (value === 0 ? {} : { [key]: value })

/** Users of connected servers carry their real address in a prop. A custom status whose time is over is none. */
function visibleProps(props: User['props'], known: boolean): User['props'] {
  const status = props[CUSTOM_STATUS_PROP]
  const shown = status && hasEnded(status, Date.now()) ? { ...props, [CUSTOM_STATUS_PROP]: '' } : props
  if (known || !('RemoteEmail' in shown)) return shown
  const { RemoteEmail: _, ...rest } = shown
  return rest
}
