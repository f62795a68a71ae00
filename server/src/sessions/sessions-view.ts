import type { SessionRow } from './sessions.store.ts'

/** A session in its owner's list: without what could be used to act in its name. */
export function sessionView(row: SessionRow): object {
  const { csrf: _, ...props } = row.props
  return {
    id: row.id,
    token: '',
    create_at: row.createAt,
    expires_at: row.expiresAt,
    last_activity_at: row.lastActivityAt,
    user_id: row.userId,
    device_id: row.deviceId,
    roles: row.roles,
    is_oauth: row.isOAuth,
    expired_notify: row.expiredNotify,
    props,
    team_members: [],
    local: false,
  }
}
