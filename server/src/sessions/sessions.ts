import type { Access, UserCore } from '../access/access.ts'
import { Cache } from '../cache.ts'
import type { ConfigStore } from '../config/config-store.ts'
import type { Queries } from '../database/pool.ts'
import { newId } from '../ids.ts'
import type { CacheChange } from '../realtime/changes.ts'
import { isPersonalAccessToken } from './session.ts'
import type { Session } from './session.ts'
import * as store from './sessions.store.ts'
import type { SessionRow } from './sessions.store.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Personal access tokens never expire; 100 years is what the reference writes. */
const ACCESS_TOKEN_LIFE = 876_000 * 60 * MINUTE
const ACTIVITY_EVERY = 5 * MINUTE

/** Turns tokens into sessions. Known tokens cost no query; `apply` drops those whose session or user changed. */
export class Sessions {
  readonly #db: Queries
  readonly #access: Access
  readonly #config: ConfigStore
  readonly #byToken = new Cache<SessionRow>(50_000)
  readonly #tokensOf = new Map<string, Set<string>>()
  /** grows whenever a session ends; a load that this overtook is repeated */
  #endings = 0

  constructor(parts: { db: Queries; access: Access; config: ConfigStore }) {
    this.#db = parts.db
    this.#access = parts.access
    this.#config = parts.config
  }

  /** The live session of a token, or null: unknown, expired, idle for too long, or of a deactivated account. */
  async resolve(token: string): Promise<Session | null> {
    const row = this.#byToken.peek(token) ?? (await this.#load(token))
    if (!row) return null
    const user = await this.#access.user(row.userId)
    if (!user || user.deleteAt > 0 || this.#ended(row, Date.now())) {
      this.#forget(token, row.userId)
      return null
    }
    if (row.props.type === 'UserAccessToken' && !user.isBot && !this.#settings.EnableUserAccessTokens) return null
    return this.#view(row, user)
  }

  /**
   * Reads and keeps a session. A row that was read while sessions were ended may be one of them, and `apply` could not
   * drop what was not kept yet: it is read again, or else an ended session would live on in memory.
   */
  async #load(token: string): Promise<SessionRow | null> {
    for (;;) {
      const before = this.#endings
      const row = await this.#read(token)
      if (before === this.#endings) return row
      this.#byToken.drop(token)
    }
  }

  async #read(token: string): Promise<SessionRow | null> {
    try {
      const row = await this.#byToken.get(token, async () => {
        const found = (await store.findSessionByToken(this.#db, token)) ?? (await this.#fromAccessToken(token))
        if (!found) throw NOT_FOUND
        return found
      })
      this.#remember(row)
      return row
    } catch (error) {
      if (error === NOT_FOUND) return null
      throw error
    }
  }

  /** The first use of a personal access token makes its session. */
  async #fromAccessToken(token: string): Promise<SessionRow | null> {
    const found = await store.findActiveAccessToken(this.#db, token)
    const user = found && (await this.#access.user(found.userId))
    if (!found || !user || user.deleteAt > 0) return null
    if (!user.isBot && !this.#settings.EnableUserAccessTokens) return null
    const row = accessTokenSession(token, found.id, user)
    return this.#db.transaction().execute(async (db) => {
      if (!(await store.lockActiveAccessToken(db, token))) return null
      await store.insertSession(db, row)
      return row
    })
  }

  get #settings() {
    return this.#config.get().ServiceSettings
  }

  #ended(row: SessionRow, now: number): boolean {
    if (row.expiresAt > 0 && row.expiresAt < now) return true
    const idle = this.#settings.SessionIdleTimeoutInMinutes * MINUTE
    const exempt =
      row.isOAuth || row.deviceId !== '' || row.props.isMobile === 'true' || row.props.type === 'UserAccessToken'
    if (this.#settings.ExtendSessionLengthWithActivity || idle <= 0 || exempt) return false
    return now - row.lastActivityAt > idle
  }

  #view(row: SessionRow, user: UserCore): Session {
    return {
      ...row,
      roles: user.roles,
      local: false,
      isGuest: user.isGuest,
      mfaPending: this.#mfaPending(row, user),
    }
  }

  /** Enforced MFA spares bots, OAuth sessions, accounts of other sign-in services, and guests unless told otherwise. */
  #mfaPending(row: SessionRow, user: UserCore): boolean {
    const { EnableMultifactorAuthentication, EnforceMultifactorAuthentication } = this.#settings
    if (!EnableMultifactorAuthentication || !EnforceMultifactorAuthentication || user.mfaActive) return false
    if (user.isBot || row.isOAuth || (user.authService !== '' && user.authService !== 'ldap')) return false
    return !user.isGuest || this.#config.get().GuestAccountsSettings.EnforceMultifactorAuthentication
  }

  /** How long a new or extended session of this kind lives, in ms. */
  lengthOf(session: Pick<Session, 'deviceId' | 'props'>): number {
    const { SessionLengthMobileInHours, SessionLengthSSOInHours, SessionLengthWebInHours } = this.#settings
    const mobile = session.deviceId !== '' || session.props.isMobile === 'true'
    const sso = session.props.isOAuthUser === 'true' || session.props.isSaml === 'true'
    const hours = mobile ? SessionLengthMobileInHours : sso ? SessionLengthSSOInHours : SessionLengthWebInHours
    return hours * 60 * MINUTE
  }

  /**
   * Notes that the session was used. Returns the new expiry when it was extended (then cookies are sent anew).
   * Writes at most every five minutes.
   */
  async touch(session: Session): Promise<number | null> {
    if (session.local || isPersonalAccessToken(session)) return null
    const now = Date.now()
    if (now - session.lastActivityAt >= ACTIVITY_EVERY) {
      await store.updateSessionActivity(this.#db, session.id, now)
      this.#byToken.update(session.token, (row) => ({ ...row, lastActivityAt: now }))
    }
    if (!this.#settings.ExtendSessionLengthWithActivity || session.expiresAt <= 0) return null
    const length = this.lengthOf(session)
    const elapsed = now - (session.expiresAt - length)
    if (elapsed < Math.max(5 * MINUTE, Math.min(length / 100, DAY))) return null
    await store.updateSessionExpiry(this.#db, session.id, now + length)
    this.#byToken.update(session.token, (row) => ({ ...row, expiresAt: now + length }))
    return now + length
  }

  #remember(row: SessionRow): void {
    const tokens = this.#tokensOf.get(row.userId)
    if (tokens) tokens.add(row.token)
    else this.#tokensOf.set(row.userId, new Set([row.token]))
  }

  #forget(token: string, userId: string): void {
    this.#byToken.drop(token)
    const tokens = this.#tokensOf.get(userId)
    if (tokens?.delete(token) && tokens.size === 0) this.#tokensOf.delete(userId)
  }

  /** Drops what a committed change made stale. */
  apply(change: CacheChange): void {
    if (change.kind === 'session' || change.kind === 'sessions' || change.kind === 'everything') this.#endings++
    if (change.kind === 'session') this.#forget(change.token, change.userId)
    if (change.kind === 'sessions')
      for (const token of this.#tokensOf.get(change.userId) ?? []) this.#forget(token, change.userId)
    if (change.kind === 'everything') {
      this.#byToken.clear()
      this.#tokensOf.clear()
    }
  }
}

function accessTokenSession(token: string, tokenId: string, user: UserCore): SessionRow {
  const now = Date.now()
  return {
    id: newId(),
    token,
    createAt: now,
    expiresAt: now + ACCESS_TOKEN_LIFE,
    lastActivityAt: now,
    userId: user.id,
    deviceId: '',
    roles: user.roles.join(' '),
    isOAuth: false,
    expiredNotify: false,
    props: {
      type: 'UserAccessToken',
      user_access_token_id: tokenId,
      ...(user.isBot && { is_bot: 'true' }),
      ...(user.isGuest && { is_guest: 'true' }),
    },
  }
}

/** Keeps "no such token" out of the cache: guesses must not fill it. */
const NOT_FOUND = new Error('no session')
