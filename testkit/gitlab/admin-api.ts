import { bearer, userView } from './api.ts'
import type { Instance } from './instance.ts'
import { json } from './web.ts'
import type { WebAnswer, WebRequest } from './web.ts'

/** `/api/v4/hooks`: an administrator registers an address that hears of people and projects, or lists them without tokens. */
export async function hooksApi(instance: Instance, request: WebRequest): Promise<WebAnswer> {
  const user = await bearer(instance, request, ['api'])
  if ('status' in user) return user
  if (!user.admin) return json(403, { message: '403 Forbidden' })
  const shown = (url: string, at: number) => ({ id: at + 1, url, created_at: '2020-01-01T00:00:00.000Z' })
  if (request.method === 'GET')
    return json(
      200,
      instance.hooks.map(({ url }, at) => shown(url, at)),
    )
  const url = request.form.get('url') ?? ''
  if (url === '') return json(400, { error: 'url is missing' })
  if (!/^https?:\/\//.test(url)) return json(422, { error: 'Invalid url given' })
  instance.hooks.push({ url, token: request.form.get('token') ?? '' })
  return json(201, shown(url, instance.hooks.length - 1))
}

/** `GET /api/v4/users?username=…`: the one person of this name, in a list. */
export async function usersApi(instance: Instance, request: WebRequest, url: string): Promise<WebAnswer> {
  const caller = await bearer(instance, request, ['api', 'read_api', 'read_user'])
  if ('status' in caller) return caller
  const found = await instance.store.userByName(request.query.get('username') ?? '')
  return json(200, found ? [userView(found, url)] : [])
}
