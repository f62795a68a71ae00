import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { Strings } from '../http/schema.ts'
import { ownCategory } from './category-access.ts'
import { CategoryBody } from './category.ts'
import type { OrderedCategories } from './category.ts'
import { createCategory } from './create-category.ts'
import { deleteCategory } from './delete-category.ts'
import { checkSidebarAccess, loadSidebar } from './load-sidebar.ts'
import type { Sidebar } from './load-sidebar.ts'
import { orderCategories } from './order-categories.ts'
import { updateCategories } from './update-categories.ts'

const BASE = '/api/v4/users/:user_id/teams/:team_id/channels/categories'

/** The categories of the sidebar: a person has one of his own in each team. */
export function sidebarRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: BASE,
      access: 'session',
      handler: async (call) => {
        const { categories } = await sidebarFor(app, call)
        return { categories, order: categories.map((one) => one.id) } satisfies OrderedCategories
      },
    }),
    route({
      method: 'POST',
      path: BASE,
      access: 'session',
      body: CategoryBody,
      handler: ({ session, params, body }) => createCategory(app, session, params.user_id!, params.team_id!, body),
    }),
    route({
      method: 'PUT',
      path: BASE,
      access: 'session',
      body: Type.Array(CategoryBody),
      handler: ({ session, params, body }) => updateCategories(app, session, params.user_id!, params.team_id!, body),
    }),
    route({
      method: 'GET',
      path: `${BASE}/order`,
      access: 'session',
      handler: async (call) => (await sidebarFor(app, call)).categories.map((one) => one.id),
    }),
    route({
      method: 'PUT',
      path: `${BASE}/order`,
      access: 'session',
      body: Strings,
      handler: ({ session, params, body }) => orderCategories(app, session, params.user_id!, params.team_id!, body),
    }),
    ...oneCategoryRoutes(app),
  ]
}

function oneCategoryRoutes(app: App): Route[] {
  const path = `${BASE}/:category_id`
  return [
    route({
      method: 'GET',
      path,
      access: 'session',
      handler: async (call) => ownCategory(app, call.session, await sidebarFor(app, call), call.params.category_id!),
    }),
    route({
      method: 'PUT',
      path,
      access: 'session',
      body: CategoryBody,
      handler: async ({ session, params, body }) => {
        const sent = { ...body, id: params.category_id! }
        const [updated] = await updateCategories(app, session, params.user_id!, params.team_id!, [sent])
        return updated
      },
    }),
    route({
      method: 'DELETE',
      path,
      access: 'session',
      handler: async ({ session, params }) => {
        await deleteCategory(app, session, params.user_id!, params.team_id!, params.category_id!)
        return OK
      },
    }),
  ]
}

async function sidebarFor(app: App, { session, params }: Call<'session'>): Promise<Sidebar> {
  await checkSidebarAccess(app, session, params.user_id!, params.team_id!)
  return loadSidebar(app, params.user_id!, params.team_id!)
}
