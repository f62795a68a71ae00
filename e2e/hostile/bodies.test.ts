import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Route } from '../../server/src/http/route.ts'
import type { TestServer } from '../../testkit/server.ts'
import { keyOf, requestFor } from '../access/arguments.ts'
import { openServer, presentRoutes } from '../access/server.ts'
import { makeWorld } from '../access/world.ts'
import type { World } from '../access/world.ts'
import { allRowsDigest } from './all-rows.ts'
import { BROKEN_TEXTS, nastyValues, wrongTypes } from './mutations.ts'

/** Answering takes milliseconds; a request that takes this long hangs. */
const HANG_MS = 8000
/** These end sessions or the server's own settings; what they do with nonsense is tested with the rest of them. */
const LEFT_OUT = /sessions\/revoke|config$|config\/patch|users\/login\/|password$/
/** Every call of these hashes a password. */
const EXPENSIVE = new Set(['POST /api/v4/users', 'POST /api/v4/users/login'])

/** Thousands of calls: on a busy machine they take longer than one test usually may. */
const GENERATED_MS = 90_000

let server: TestServer
let withBody: Route[]
beforeAll(async () => {
  server = await openServer()
  withBody = presentRoutes(server).filter((one) => one.body && !LEFT_OUT.test(one.path))
})
afterAll(() => server.stop())

/** The answer's status, or what is wrong with it. */
async function ask(one: Route, world: World, body: unknown): Promise<number | string> {
  const { path } = requestFor(one, world)
  const { member, admin } = world.people
  const caller = one.access === 'admin' || /roles|schemes|privacy|import|ephemeral/.test(one.path) ? admin : member
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const slow = new Promise<string>((resolve) => setTimeout(resolve, HANG_MS, 'no answer').unref())
  const asked = server
    .as(caller)
    .call(one.method, path, text, { 'Content-Type': 'application/json' })
    .then(
      (answer) => answer.status,
      (error: Error) => error.message.slice(0, 300),
    )
  return Promise.race([asked, slow])
}

async function askAll(
  work: readonly { one: Route; world: World; what: string; body: unknown }[],
  fine: (status: number) => boolean,
): Promise<string[]> {
  const bad: string[] = []
  const queue = work.values()
  const worker = async () => {
    for (const { one, world, what, body } of queue) {
      const status = await ask(one, world, body)
      if (typeof status === 'string' || !fine(status)) bad.push(`${keyOf(one)} ${what} → ${status}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  return bad
}

test(
  'a value of the wrong type in any field of any body is refused, and nothing changes',
  async () => {
    const world = await makeWorld(server)
    const work = withBody.flatMap((one) =>
      wrongTypes(one.body!, requestFor(one, world).body).map(({ where, what, body }) => {
        return { one, world, what: `${where} = ${what}`, body: JSON.stringify(body) }
      }),
    )
    expect(work.length).toBeGreaterThan(1500)
    const before = await allRowsDigest(server.app.db)
    expect(await askAll(work, (status) => status >= 400 && status < 500)).toEqual([])
    expect(await allRowsDigest(server.app.db)).toEqual(before)
  },
  GENERATED_MS,
)

test(
  'hostile values of the right type never break anything',
  async () => {
    const world = await makeWorld(server)
    const work = withBody.flatMap((one) =>
      nastyValues(one.body!, requestFor(one, world).body)
        .filter((_mutation, i) => !EXPENSIVE.has(keyOf(one)) || i % 9 === 0)
        .map(({ where, what, body }) => ({ one, world, what: `${where} = ${what}`, body: JSON.stringify(body) })),
    )
    expect(await askAll(work, (status) => status < 500 || status === 501)).toEqual([])
  },
  GENERATED_MS,
)

test(
  'a body that is no proper JSON is refused',
  async () => {
    const world = await makeWorld(server)
    const work = withBody.flatMap((one) =>
      Object.entries(BROKEN_TEXTS).map(([what, body]) => ({ one, world, what, body })),
    )
    expect(await askAll(work, (status) => status < 500 || status === 501)).toEqual([])
  },
  GENERATED_MS,
)
