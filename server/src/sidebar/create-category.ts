import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { newId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { runes } from '../text/slugs.ts'
import type { Category, CategoryWithChannels, SentCategory } from './category.ts'
import { ORDER_STEP, SORTINGS } from './category.ts'
import { followFavorites } from './follow-favorites.ts'
import { checkSidebarAccess, lockSidebar } from './load-sidebar.ts'
import { sidebarError } from './sidebar.errors.ts'
import { insertCategory, replacePlacements, updateCategoryOrder } from './sidebar.store.ts'

const MAX_NAME = 64
const MAX_CATEGORIES = 1_000

/** A category of a person's own. It stands on top, below the favourites; its channels leave where they were. */
export async function createCategory(
  app: App,
  session: Session,
  userId: string,
  teamId: string,
  sent: SentCategory,
): Promise<CategoryWithChannels> {
  await checkSidebarAccess(app, session, userId, teamId)
  if (sent.user_id !== userId || sent.team_id !== teamId) throw invalidBody('category')
  const category = newCategory(userId, teamId, sent)
  return app.unitOfWork(async (tx) => {
    const before = await lockSidebar(tx.db, userId, teamId)
    if (before.categories.length >= MAX_CATEGORIES)
      throw sidebarError('app.channel.sidebar_categories.too_many.app_error')
    const channelIds = [...new Set(sent.channel_ids ?? [])].filter((id) => before.categoryOf.has(id))
    const order = before.categories.map((one) => one.id)
    const place = before.categories[0]?.type === 'favorites' ? 1 : 0
    order.splice(place, 0, category.id)
    await insertCategory(tx.db, category)
    await updateCategoryOrder(tx.db, order)
    const placed = channelIds.map((channelId, i) => ({ channelId, categoryId: category.id, sortOrder: i * ORDER_STEP }))
    if (channelIds.length > 0) await replacePlacements(tx.db, before, channelIds, placed)
    tx.publish(event('sidebar_category_created', { userId, teamId }, { category_id: category.id }))
    await followFavorites(tx, userId, [], channelIds)
    return { ...category, sort_order: place * ORDER_STEP, channel_ids: channelIds }
  })
}

function newCategory(userId: string, teamId: string, sent: SentCategory): Category {
  const name = checkedName(sent.display_name ?? '')
  if (!SORTINGS.includes(sent.sorting ?? '')) throw invalidBody('category')
  return {
    id: newId(),
    user_id: userId,
    team_id: teamId,
    sort_order: 0,
    sorting: (sent.sorting ?? '') as Category['sorting'],
    type: 'custom',
    display_name: name,
    muted: sent.muted ?? false,
    collapsed: sent.collapsed ?? false,
  }
}

/** Throws 400 for a name that does not fit. */
export function checkedName(name: string): string {
  if (name === '' || runes(name) > MAX_NAME) throw invalidBody('category')
  return name
}
