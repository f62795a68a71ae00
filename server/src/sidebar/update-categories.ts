import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { invalidBody } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { ownCategory } from './category-access.ts'
import type { Category, CategorySorting, CategoryWithChannels, SentCategory } from './category.ts'
import { ORDER_STEP, SORTINGS } from './category.ts'
import { checkedName } from './create-category.ts'
import { followFavorites } from './follow-favorites.ts'
import { categoryIn, checkSidebarAccess, lockSidebar, readSidebar } from './load-sidebar.ts'
import type { Sidebar } from './load-sidebar.ts'
import { setMuted } from './set-muted.ts'
import { replacePlacements, updateCategoryRows } from './sidebar.store.ts'

/**
 * Changes categories and the channels in them, all or none. A channel stands in one category of a team: the last one
 * that names it has it, and one that no category names any more falls back to where it belongs by its kind. Muting
 * follows the category, and the favourites are mirrored to preferences. Answers the categories as they are now.
 */
export async function updateCategories(
  app: App,
  session: Session,
  userId: string,
  teamId: string,
  sent: readonly SentCategory[],
): Promise<CategoryWithChannels[]> {
  await checkSidebarAccess(app, session, userId, teamId)
  return app.unitOfWork(async (tx) => {
    const before = await lockSidebar(tx.db, userId, teamId)
    const changes = new Map(sent.map((one) => [one.id ?? '', one]))
    const changed = [...changes.keys()].map((id) => ownCategory(app, session, before, id))
    if (changed.length === 0) return []
    await updateCategoryRows(
      tx.db,
      changed.map((one) => merged(one, changes.get(one.id)!)),
    )
    await place(tx, before, changed, changes)
    const after = await readSidebar(tx.db, userId, teamId)
    await followMuting(app, tx, before, after)
    const answer = changed.map((one) => categoryIn(after, one.id)!)
    tx.publish(event('sidebar_category_updated', { userId, teamId }, { updatedCategories: JSON.stringify(answer) }))
    await mirror(tx, before, after)
    return answer
  })
}

/** What of a sent category counts: kind, owner and place never change, and only own categories can be renamed. */
function merged(before: Category, sent: SentCategory): Category {
  const sorting = sent.sorting ?? ''
  if (!SORTINGS.includes(sorting)) throw invalidBody('category')
  return {
    ...before,
    sorting: sorting as CategorySorting,
    collapsed: sent.collapsed ?? false,
    muted: before.type === 'direct_messages' ? before.muted : (sent.muted ?? false),
    display_name: before.type === 'custom' ? checkedName(sent.display_name ?? '') : before.display_name,
  }
}

/** Direct messages are sorted by their activity: no order of their own is kept for them. */
async function place(
  tx: Tx,
  before: Sidebar,
  changed: readonly CategoryWithChannels[],
  changes: ReadonlyMap<string, SentCategory>,
): Promise<void> {
  const cleared = new Set<string>()
  const placed = new Map<string, { channelId: string; categoryId: string; sortOrder: number }>()
  for (const { id: categoryId, type, channel_ids } of changed) {
    const sentIds = (changes.get(categoryId)?.channel_ids ?? []).filter((id) => before.categoryOf.has(id))
    for (const id of sentIds) cleared.add(id)
    if (type === 'direct_messages') {
      for (const id of sentIds) placed.delete(id)
      continue
    }
    for (const id of channel_ids) cleared.add(id)
    sentIds.forEach((channelId, i) => placed.set(channelId, { channelId, categoryId, sortOrder: i * ORDER_STEP }))
  }
  if (cleared.size > 0) await replacePlacements(tx.db, before, [...cleared], [...placed.values()])
}

async function mirror(tx: Tx, before: Sidebar, after: Sidebar): Promise<void> {
  const favorites = (sidebar: Sidebar) =>
    new Set(sidebar.categories.filter((one) => one.type === 'favorites').flatMap((one) => one.channel_ids))
  const [was, is] = [favorites(before), favorites(after)]
  const added = [...is].filter((id) => !was.has(id))
  const removed = [...was].filter((id) => !is.has(id))
  await followFavorites(tx, before.userId, added, removed)
}

/** A channel that comes under a muted heading is muted, one that leaves it is not any more. */
async function followMuting(app: App, tx: Tx, before: Sidebar, after: Sidebar): Promise<void> {
  const mutedIn = (sidebar: Sidebar) => new Set(sidebar.categories.filter((one) => one.muted).map((one) => one.id))
  const [was, is] = [mutedIn(before), mutedIn(after)]
  const mute: string[] = []
  const unmute: string[] = []
  for (const [channelId, categoryId] of after.categoryOf) {
    const muted = is.has(categoryId)
    if (muted !== was.has(before.categoryOf.get(channelId) ?? '')) (muted ? mute : unmute).push(channelId)
  }
  await setMuted(app, tx, before.userId, mute, true)
  await setMuted(app, tx, before.userId, unmute, false)
}
