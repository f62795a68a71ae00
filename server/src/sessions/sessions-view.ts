import type { SessionRow } from './sessions.store.ts'

/**
 * A session in its owner's list: without what could be used to act in its name. The one that asks (`askingId`) has the
 * property `current`, so that a client can tell its own from those of other devices.
 */
export function sessionView(row: SessionRow, askingId: string): object {
  const { csrf: _, ...stored } = row.props
  const props = row.id === askingId ? { ...stored, current: 'true' } : stored
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
