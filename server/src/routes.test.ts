import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRoutes, shapeOf } from '../../testkit/contract/index.ts'
import { TestServer } from '../../testkit/server.ts'
import laterRoutes from './http/later-routes.json' with { type: 'json' }
import { routes } from './routes.ts'

/** Areas of the protocol that are here in full; the others answer 501 from one list. */
const PRESENT = new Set(
  `users teams channels posts threads reactions preferences status drafts scheduled_post bookmarks files uploads emoji
   roles permissions schemes groups limits usage brand terms_of_service system`.split(/\s+/),
)

let server: TestServer
beforeAll(async () => {
  server = await TestServer.start()
})
afterAll(() => server.stop())

const key = (method: string, path: string) => `${method} ${shapeOf(path)}`

test('every route of the areas that are here is served, and none of them from the 501 list', () => {
  const later = new Set(laterRoutes.map(([method, path]) => key(method!, path!)))
  const served = new Set(routes(server.app).map((one) => key(one.method, one.path)))
  const missing = allRoutes
    .filter((one) => PRESENT.has(one.tag) && one.registered !== false && one.path.startsWith('/api/v4/'))
    .filter((one) => !(one.since ?? '').startsWith('11.') && one.tier !== 'cloud' && one.auth !== 'local')
    .map((one) => key(one.method, one.path))
    .filter((one) => !served.has(one) || later.has(one))
  expect(missing).toEqual([])
})

test('every address of the protocol is known: nothing that a client may call answers 404', () => {
  const served = new Set(routes(server.app).map((one) => key(one.method, one.path)))
  const unknown = allRoutes
    .filter((one) => one.registered !== false && one.path.startsWith('/api/v4/') && one.auth !== 'local')
    .filter((one) => !(one.since ?? '').startsWith('11.') && one.tier !== 'cloud' && one.method !== 'ANY')
    .map((one) => key(one.method, one.path))
    .filter((one) => !served.has(one) && !one.endsWith('/websocket'))
  expect(unknown).toEqual([])
})

test('what anyone may call without signing in is this and nothing else', () => {
  const open = routes(server.app)
    .filter((one) => one.access === 'public')
    .map((one) => `${one.method} ${one.path}`)
  expect(open.toSorted()).toMatchSnapshot()
})

test('no route is declared twice', () => {
  const all = routes(server.app).map((one) => key(one.method, one.path))
  expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([])
})
