import type { App } from '../app.ts'
import type { Queries } from '../database/pool.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { existingUser, selfOrEditor } from '../users/user-access.ts'
import type { Category, CategoryWithChannels } from './category.ts'
import { findCategories, findPlacements, insertBuiltInCategories } from './sidebar.store.ts'
import type { Placement } from './sidebar.store.ts'

/** A person's sidebar of one team: two queries, however many channels there are. */
export interface Sidebar {
  readonly userId: string
  readonly teamId: string
  /** in their order */
  readonly categories: readonly CategoryWithChannels[]
  /** every channel that may be placed → the category it stands in */
  readonly categoryOf: ReadonlyMap<string, string>
}

/** Throws 403 unless the caller may act for the user and see the team. */
export async function checkSidebarAccess(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  userId: string,
  teamId: string,
): Promise<void> {
  if (!(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
  if (!(await app.access.team(teamId))) throw noPermission('view_team')
  await selfOrEditor(app, session, userId)
  if (session.userId !== userId) await existingUser(app, userId)
}

/** The sidebar; the first request of a user in a team creates it. Checks nothing. */
export async function loadSidebar(
  app: Pick<App, 'db' | 'unitOfWork'>,
  userId: string,
  teamId: string,
): Promise<Sidebar> {
  const sidebar = await readSidebar(app.db, userId, teamId)
  if (sidebar.categories.length > 0) return sidebar
  return app.unitOfWork((tx) => lockSidebar(tx.db, userId, teamId))
}

/** The sidebar inside a transaction, created if need be; nobody else changes it until the transaction ends. */
export async function lockSidebar(db: Queries, userId: string, teamId: string): Promise<Sidebar> {
  const categories = await findCategories(db, userId, teamId, true)
  if (categories.length > 0) return fill(userId, teamId, categories, await findPlacements(db, userId, teamId))
  await insertBuiltInCategories(db, userId, teamId)
  return readSidebar(db, userId, teamId)
}

/** The sidebar as it is, without categories when nobody has asked for it yet. */
export async function readSidebar(db: Queries, userId: string, teamId: string): Promise<Sidebar> {
  const categories = await findCategories(db, userId, teamId)
  return fill(userId, teamId, categories, categories.length > 0 ? await findPlacements(db, userId, teamId) : [])
}

/** Channels without a place, or in two, get one: the first assigned, else the built-in category of their kind. */
function fill(
  userId: string,
  teamId: string,
  categories: readonly Category[],
  placements: readonly Placement[],
): Sidebar {
  const channelIds = new Map(categories.map((one) => [one.id, [] as string[]]))
  const channels = categories.find((one) => one.type === 'channels')?.id
  const directs = categories.find((one) => one.type === 'direct_messages')?.id
  const categoryOf = new Map<string, string>()
  for (const { channelId, type, categoryId } of placements) {
    const place = categoryId || (type === 'D' || type === 'G' ? directs : channels)
    if (!place || categoryOf.has(channelId)) continue
    categoryOf.set(channelId, place)
    channelIds.get(place)?.push(channelId)
  }
  const filled = categories.map((one) => ({ ...one, channel_ids: channelIds.get(one.id) ?? [] }))
  return { userId, teamId, categories: filled, categoryOf }
}

/** The category of a sidebar, or undefined. */
export const categoryIn = (sidebar: Sidebar, id: string): CategoryWithChannels | undefined =>
  sidebar.categories.find((one) => one.id === id)
