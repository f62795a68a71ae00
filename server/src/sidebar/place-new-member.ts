import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { newId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import { ORDER_STEP } from './category.ts'
import { lockSidebar } from './load-sidebar.ts'
import { insertCategory, replacePlacements, updateCategoryOrder } from './sidebar.store.ts'

/**
 * A channel may name the category it wants to stand in (`default_category_name`): call this in the transaction in which
 * `userId` becomes a member of it. The category is made when the person has none of that name; a name that is '' does
 * nothing. Costs a few queries, so leave it out for channels without such a name.
 */
export async function placeNewMember(
  _app: Pick<App, 'access'>,
  tx: Tx,
  channel: { id: string; teamId: string; defaultCategoryName: string },
  userId: string,
): Promise<void> {
  const name = channel.defaultCategoryName
  if (name === '' || channel.teamId === '') return
  const sidebar = await lockSidebar(tx.db, userId, channel.teamId)
  const existing = sidebar.categories.find((one) => one.type === 'custom' && one.display_name === name)
  const id = existing?.id ?? newId()
  if (!existing) {
    await insertCategory(tx.db, {
      id,
      user_id: userId,
      team_id: channel.teamId,
      sort_order: 0,
      sorting: '',
      type: 'custom',
      display_name: [...name].slice(0, 64).join(''),
      muted: false,
      collapsed: false,
    })
    const order = sidebar.categories.map((one) => one.id)
    order.splice(sidebar.categories[0]?.type === 'favorites' ? 1 : 0, 0, id)
    await updateCategoryOrder(tx.db, order)
    tx.publish(event('sidebar_category_created', { userId, teamId: channel.teamId }, { category_id: id }))
  }
  const sortOrder = (existing?.channel_ids.length ?? 0) * ORDER_STEP
  await replacePlacements(tx.db, sidebar, [channel.id], [{ channelId: channel.id, categoryId: id, sortOrder }])
  if (existing) tx.publish(event('sidebar_category_updated', { userId, teamId: channel.teamId }, {}))
}
