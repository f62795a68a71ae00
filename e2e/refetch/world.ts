import type { Person } from '../../testkit/builders.ts'
import type { Client } from '../../testkit/client.ts'
import { Watch } from '../../testkit/refetch.ts'
import { TestServer } from '../../testkit/server.ts'
import type { TestServerOptions } from '../../testkit/server.ts'

/** Three clients that watch: who acts, another member of the same team, and somebody of another team. */
export interface World {
  readonly server: TestServer
  readonly anna: Person
  readonly ben: Person
  readonly olga: Person
  readonly admin: Person
  readonly team: { id: string; name: string; townSquare: string; offTopic: string }
  readonly otherTeam: { id: string; name: string; townSquare: string; offTopic: string }
  readonly watch: Watch
  /** Throws if somebody, also who never heard anything, knows anything else than a reload would tell him. */
  stop(): Promise<void>
}

/** A server with anna (administrator of the team) and ben in one team and olga in another; `prepare` runs before they watch. */
export async function startWorld(
  prepare: (world: Omit<World, 'watch' | 'stop'>) => Promise<unknown> = async () => undefined,
  options: TestServerOptions = {},
): Promise<World> {
  const server = await TestServer.start(options)
  const person = (username: string) => server.make.user({ username })
  const [anna, ben, olga, admin] = await Promise.all([
    person('anna'),
    person('ben'),
    person('olga'),
    server.make.admin(),
  ])
  const team = await server.make.team([ben])
  await server.make.joinTeam(team.id, anna, { admin: true })
  for (const channel of [team.townSquare, team.offTopic]) await server.make.joinChannel(channel, anna)
  const otherTeam = await server.make.team([olga])
  const world = { server, anna, ben, olga, admin, team, otherTeam }
  await prepare(world)
  const watch = await Watch.open(server, { anna, ben, olga })
  const stop = async () => {
    try {
      await watch.finish()
    } finally {
      watch[Symbol.dispose]()
      await server.stop()
    }
  }
  return { ...world, watch, stop }
}

/** The body of an answer that must be a success. */
// oxlint-disable-next-line typescript/no-explicit-any
export async function done(answer: ReturnType<Client['get']>): Promise<any> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`the action failed: ${status} ${JSON.stringify(body)}`)
  return body
}
