import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Route } from '../../server/src/http/route.ts'
import { findRoute } from '../../testkit/contract/index.ts'
import type { TestServer } from '../../testkit/server.ts'
import { bodyFor, requestFor } from '../access/arguments.ts'
import { openServer, presentRoutes } from '../access/server.ts'
import { makeWorld } from '../access/world.ts'
import type { World } from '../access/world.ts'

/** Values of a query parameter, already encoded: numbers for those that count, texts for the others. */
const NUMBERS = ['-1', '99999999999999999999', '9007199254740991', '4294967296', '1e308', '%00']
const TEXTS = ['%00', '%ff%fe', "';--%25", '..%2f..%2fetc%0d%0aX:y', 'x'.repeat(300), 'a&NAME=b']
/** Values of a path parameter, already encoded. */
const PATH_VALUES = [
  '..%2f..%2fetc%2fpasswd',
  'a%00b',
  '%ff',
  "';--%25",
  '%0d%0aX%3ay',
  'x'.repeat(1500),
  '__proto__',
  'aaaaaaaaaaaaaaaaaaaaaaaaa%00',
  '99999999999999999999',
]

/** Thousands of calls: on a busy machine they take longer than one test usually may. */
const GENERATED_MS = 90_000

let server: TestServer
let world: World
let all: Route[]
beforeAll(async () => {
  server = await openServer()
  world = await makeWorld(server)
  all = presentRoutes(server).filter((one) => one.path.startsWith('/api/'))
})
afterAll(() => server.stop())

async function failures(work: readonly { one: Route; path: string; withBody?: boolean }[]): Promise<string[]> {
  const bad: string[] = []
  const queue = work.values()
  const worker = async () => {
    for (const { one, path, withBody } of queue) {
      const caller = one.access === 'admin' ? world.people.admin : world.people.member
      const asked = server.as(caller).call(one.method, path, withBody ? bodyFor(one, world) : undefined)
      const status = await asked.then(
        (answer) => answer.status,
        (error: Error) => error.message.slice(0, 300),
      )
      if (typeof status === 'string' || (status >= 500 && status !== 501)) bad.push(`${one.method} ${path} → ${status}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  return bad
}

test(
  'no value of a query parameter breaks a route that reads',
  async () => {
    const reading = all.filter((one) => one.method === 'GET')
    const work = reading.flatMap((one) => {
      const names = Object.entries(findRoute(one.method, one.path)?.query ?? {})
      const [path, fixed = ''] = requestFor(one, world).path.split('?') as [string, string?]
      const others = (name: string) => fixed.split('&').filter((pair) => pair && !pair.startsWith(`${name}=`))
      return names.flatMap(([marked, type]) =>
        (/int|number/.test(type) ? NUMBERS : TEXTS).map((value) => {
          const name = marked.replace('!', '')
          return { one, path: `${path}?${[...others(name), `${name}=${value.replace('NAME', name)}`].join('&')}` }
        }),
      )
    })
    expect(work.length).toBeGreaterThan(1000)
    expect(await failures(work)).toEqual([])
  },
  GENERATED_MS,
)

test(
  'no value of a path parameter breaks a route',
  async () => {
    const work = all.flatMap((one) => {
      const names = [...one.path.matchAll(/:(\w+)/g)].map((match) => match[0])
      return names.flatMap((name) =>
        PATH_VALUES.map((value) => {
          const template = one.path.split('/').map((part) => (part === name ? value : part))
          // The other parameters get their usual values.
          const { path } = requestFor({ ...one, method: 'GET', path: template.join('/'), body: undefined }, world)
          return { one, path, withBody: one.body !== undefined }
        }),
      )
    })
    expect(work.length).toBeGreaterThan(1000)
    expect(await failures(work)).toEqual([])
  },
  GENERATED_MS,
)
