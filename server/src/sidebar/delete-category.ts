import type { App } from '../app.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { ownCategory } from './category-access.ts'
import { checkSidebarAccess, lockSidebar } from './load-sidebar.ts'
import { sidebarError } from './sidebar.errors.ts'
import { deleteCategoryRow } from './sidebar.store.ts'

/** Deletes a category of a person's own; its channels fall back to the built-in ones, which cannot be deleted (400). */
export async function deleteCategory(
  app: App,
  session: Session,
  userId: string,
  teamId: string,
  categoryId: string,
): Promise<void> {
  await checkSidebarAccess(app, session, userId, teamId)
  await app.unitOfWork(async (tx) => {
    const sidebar = await lockSidebar(tx.db, userId, teamId)
    const category = ownCategory(app, session, sidebar, categoryId)
    if (category.type !== 'custom') throw sidebarError('app.channel.sidebar_categories.app_error')
    await deleteCategoryRow(tx.db, categoryId)
    tx.publish(event('sidebar_category_deleted', { userId, teamId }, { category_id: categoryId }))
  })
}
