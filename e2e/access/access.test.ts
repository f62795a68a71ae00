import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestServer } from '../../testkit/server.ts'
import { buildHttpServer } from '../../server/src/http/server.ts'
import type { Route } from '../../server/src/http/route.ts'
import { keyOf } from './arguments.ts'
import { walkMatrix } from './matrix.ts'
import type { Leak, Matrix } from './matrix.ts'
import { laterRoutesOf, openServer, presentRoutes } from './server.ts'
import { ROLES } from './world.ts'

const FILE = new URL('./expected.json', import.meta.url)

let server: TestServer
let matrix: Matrix
let leaks: Leak[]
beforeAll(async () => {
  server = await openServer()
  ;({ matrix, leaks } = await walkMatrix(server, presentRoutes(server)))
  // Thousands of calls: on a busy machine they take longer than a hook usually may.
}, 120_000)
afterAll(() => server.stop())

test('every route answers every role as the table says', () => {
  if (process.env.OUTPOST_WRITE_EXPECTED) {
    const lines = Object.keys(matrix)
      .toSorted()
      .map((key) => `  ${JSON.stringify(key)}: ${JSON.stringify(matrix[key])}`)
    writeFileSync(FILE, `{\n  "": "${ROLES.join(' ')}",\n${lines.join(',\n')}\n}\n`)
  }
  const { '': roles, ...expected } = JSON.parse(readFileSync(FILE, 'utf8')) as Matrix
  expect(roles).toBe(ROLES.join(' '))
  expect(matrix).toEqual(expected)
})

test('nobody outside the channel is told of it, its posts, files or secrets', () => {
  expect(leaks).toEqual([])
})

test('without a session, or with that of a deactivated account, only what is public is answered', () => {
  const closed = presentRoutes(server).filter((one) => one.access !== 'public')
  const open = closed.filter((one) => {
    const row = matrix[keyOf(one)]!.split(' ')
    return row[ROLES.indexOf('anonymous')] !== '401' || row[ROLES.indexOf('gone')] !== '401'
  })
  expect(open.map(keyOf)).toEqual([])
})

test('routes for administrators are closed to everybody else', () => {
  const open = presentRoutes(server)
    .filter((one) => one.access === 'admin')
    .filter((one) => !/^401 403 403 403 403 \d+ 403 401$/.test(matrix[keyOf(one)]!))
  expect(open.map(keyOf)).toEqual([])
})

test('parts of the protocol that are not here yet tell a stranger nothing either', async () => {
  const answers = await Promise.all(
    laterRoutesOf(server).map(async (one) => {
      const path = one.path.replace(/:\w+/g, 'a'.repeat(26))
      return { route: keyOf(one), status: (await fetch(server.url + path, { method: one.method })).status }
    }),
  )
  expect(answers.filter((answer) => answer.status !== 401)).toEqual([])
})

test('a route that does not say who may call it stops the start', () => {
  const { config, access, log } = server.app
  const auth = { resolve: async () => null, strictCsrf: () => false, cookieScope: () => ({}) as never }
  const build = (given: unknown) => {
    const one = { method: 'GET', path: '/api/v4/forgotten', handler: () => ({}), access: given } as Route
    return buildHttpServer(
      { config, access, auth, log, versionId: () => '', isBusy: () => false, basePath: '', local: false },
      [one],
    )
  }
  for (const access of [undefined, '', 'everybody', null]) expect(() => build(access)).toThrow(/who may call it/)
  expect(() => build('session')).not.toThrow()
})
