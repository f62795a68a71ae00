import type { App } from '../app.ts'
import { PERMISSIONS } from '../access/permission-ids.ts'
import type { Permission } from '../access/permission-ids.ts'
import type { HoldsTag } from '../config/access.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'

type Mode = 'read' | 'write'

const CONSOLE: Record<Mode, readonly Permission[]> = {
  read: PERMISSIONS.filter((id) => id.startsWith('sysconsole_read_')),
  write: PERMISSIONS.filter((id) => id.startsWith('sysconsole_write_')),
}

/**
 * Which parts of the configuration the caller may see or change. Throws 403 for somebody without any permission of
 * the console.
 */
export function consoleTags(app: Pick<App, 'access'>, session: Session, mode: Mode): HoldsTag {
  const allowed = CONSOLE[mode].some((permission) => app.access.can(session, permission))
  if (!allowed && !app.access.can(session, 'manage_system')) throw noPermission(`sysconsole_${mode}_*`)
  return (tag) => {
    if (app.access.can(session, 'manage_system')) return true
    return tag !== 'manage_system' && app.access.can(session, `sysconsole_${mode}_${tag}` as Permission)
  }
}
