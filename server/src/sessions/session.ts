/** A signed-in client, as every action receives it. Times are ms since the epoch. */
export interface Session {
  readonly id: string
  readonly token: string
  readonly userId: string
  readonly createAt: number
  /** 0 = never */
  readonly expiresAt: number
  readonly lastActivityAt: number
  /** `<platform>:<push token>` of the mobile app, '' elsewhere */
  readonly deviceId: string
  /** the user's system roles at this moment, not those of the time of the login */
  readonly roles: readonly string[]
  readonly isOAuth: boolean
  readonly props: Readonly<Record<string, string>>
  /** a request over the administrator's local socket: every permission, no user */
  readonly local: boolean
  readonly isGuest: boolean
  /** multi-factor authentication is enforced and this account has not set it up */
  readonly mfaPending: boolean
}

/** How long kinds of sessions live, and how requests prove themselves, is in errors.md "Sessions". */
export const isPersonalAccessToken = (session: Session): boolean => session.props.type === 'UserAccessToken'

/** The session of the local administration socket: the machine's administrator, no account. */
export const LOCAL_SESSION: Session = {
  id: '',
  token: '',
  userId: '',
  createAt: 0,
  expiresAt: 0,
  lastActivityAt: 0,
  deviceId: '',
  roles: ['system_admin', 'system_user'],
  isOAuth: false,
  props: {},
  local: true,
  isGuest: false,
  mfaPending: false,
}
