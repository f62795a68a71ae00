import type { App } from '../app.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { ownCategory } from './category-access.ts'
import { checkSidebarAccess, lockSidebar } from './load-sidebar.ts'
import { sidebarError } from './sidebar.errors.ts'
import { updateCategoryOrder } from './sidebar.store.ts'

/** Puts the categories in a new order, which must name each of them once. Answers the order. */
export async function orderCategories(
  app: App,
  session: Session,
  userId: string,
  teamId: string,
  order: readonly string[],
): Promise<readonly string[]> {
  await checkSidebarAccess(app, session, userId, teamId)
  return app.unitOfWork(async (tx) => {
    const sidebar = await lockSidebar(tx.db, userId, teamId)
    for (const id of new Set(order)) ownCategory(app, session, sidebar, id)
    const complete = new Set(order).size === order.length && order.length === sidebar.categories.length
    if (!complete) throw sidebarError('app.channel.sidebar_categories.app_error')
    await updateCategoryOrder(tx.db, order)
    tx.publish(event('sidebar_category_order_updated', { userId, teamId }, { order: [...order] }))
    return order
  })
}
