import type { App } from '../app.ts'
import { AppError, noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import type { CategoryWithChannels } from './category.ts'
import { categoryIn } from './load-sidebar.ts'
import type { Sidebar } from './load-sidebar.ts'

/**
 * The category, if it belongs to the sidebar. Throws 403 otherwise, so that nobody learns which ids exist; only someone
 * who may edit everybody gets a 404.
 */
export function ownCategory(
  app: Pick<App, 'access'>,
  session: Session,
  sidebar: Sidebar,
  categoryId: string,
): CategoryWithChannels {
  const found = categoryIn(sidebar, categoryId)
  if (found) return found
  if (!app.access.can(session, 'edit_other_users')) throw noPermission('edit_other_users')
  throw new AppError('app.channel.sidebar_categories.app_error', 404)
}
