import { bearer } from './api.ts'
import type { ListedApplication } from './applications-table.ts'
import { SCOPES } from './authorize.ts'
import type { Instance } from './instance.ts'
import { isAtLeast } from './schema.ts'
import { json } from './web.ts'
import type { WebAnswer, WebRequest } from './web.ts'

/**
 * `/api/v4/applications`: an administrator lists, adds and removes applications of the instance and renews their
 * secrets (since 16.11). As in GitLab, nothing can be changed and nothing made trusted.
 */
export async function applicationsApi(instance: Instance, request: WebRequest): Promise<WebAnswer> {
  const user = await bearer(instance, request, ['api'])
  if ('status' in user) return user
  if (!user.admin) return json(403, { message: '403 Forbidden' })
  const [, id, action] = /^\/api\/v4\/applications(?:\/(\d+)(?:\/(.+))?)?$/.exec(request.path) ?? []
  if (!id) return request.method === 'POST' ? create(instance, request) : list(instance, request)
  const found = await instance.applications.find(Number(id))
  const renews = request.method === 'POST' && action === 'renew-secret' && isAtLeast(instance.shape, '16.11')
  if (!renews && request.method !== 'DELETE') return json(404, { error: '404 Not Found' })
  if (!found) return json(404, { message: '404 Application Not Found' })
  if (renews) return json(200, { ...view(instance, found), secret: await instance.applications.renewSecret(found.id) })
  await instance.applications.remove(found.id)
  return { status: 204 }
}

async function list(instance: Instance, { query }: WebRequest): Promise<WebAnswer> {
  const size = Math.min(Number(query.get('per_page') ?? 20), 100)
  const rows = await instance.applications.list(size, size * (Number(query.get('page') ?? 1) - 1))
  return json(
    200,
    rows.map((row) => view(instance, row)),
  )
}

async function create(instance: Instance, { form }: WebRequest): Promise<WebAnswer> {
  for (const name of ['name', 'redirect_uri', 'scopes']) {
    if (!form.get(name)) return json(400, { error: `${name} is missing` })
  }
  const redirectUris = form.get('redirect_uri')!.split(/\s+/)
  if (!redirectUris.every((uri) => URL.canParse(uri) && !uri.includes('#'))) {
    return json(400, { message: { redirect_uri: ['must be an absolute URI.'] } })
  }
  const scopes = form.get('scopes')!
  if (!scopes.split(' ').every((scope) => SCOPES.has(scope))) {
    return json(400, { message: { scopes: ["doesn't match configured on the server."] } })
  }
  const confidential = form.get('confidential') !== 'false'
  const made = await instance.store.addApplication({ name: form.get('name')!, redirectUris, scopes, confidential })
  const row = await instance.applications.find(made.id)
  return json(201, { ...view(instance, row!), secret: made.secret })
}

function view(instance: Instance, row: ListedApplication): Record<string, unknown> {
  return {
    id: row.id,
    application_id: row.uid,
    application_name: row.name,
    callback_url: row.redirectUri,
    confidential: row.confidential,
    ...(isAtLeast(instance.shape, '18.1') && { scopes: row.scopes.split(' ').filter(Boolean) }),
  }
}
