import type { Route } from '../../server/src/http/route.ts'
import type { TestServer } from '../../testkit/server.ts'
import { keyOf, requestFor } from './arguments.ts'
import { ROLES, makeWorld } from './world.ts'
import type { Role, World } from './world.ts'

/** Status of every role, in the order of ROLES, by "METHOD path". */
export type Matrix = Record<string, string>

/** What an answer of 2xx to a role that must never see private things said. */
export interface Leak {
  readonly route: string
  readonly role: Role
  readonly body: string
}

/** Routes that touch the whole server or everybody's sessions: called last, one after another. */
const GLOBAL =
  /config|caches|database|restart|license|brand|sessions\/revoke\/all$|server_busy|terms_of_service|upgrade|teams\/invites/

/** Routes after which the next role, or the next route, would find another world. */
const SPOILING =
  /^DELETE|^POST \/api\/v4\/(users|teams|channels|emoji|schemes|groups)$|members|active|logout|bookmarks|\/roles|auth|revoke|disable|move|privacy|convert|restore|mote$|password|mfa|set_unread|uploads\/|patch$|PUT \/api\/v4\/\w+\/:\w+$/
const WALKERS = 4

/** Calls every route as every role. A role finds the world as if nobody had come before it. */
export async function walkMatrix(
  server: TestServer,
  all: readonly Route[],
): Promise<{ matrix: Matrix; leaks: Leak[] }> {
  await checkArguments(server, all)
  const matrix: Matrix = {}
  const leaks: Leak[] = []
  const calm = all.filter((one) => one.method === 'GET' || !GLOBAL.test(one.path))
  const rest = all.filter((one) => !calm.includes(one))
  // Who walks which route does not depend on who was faster: neither does what a world has been through.
  const walk = async (nth: number) => {
    const worlds = new Worlds(server)
    for (const one of calm.filter((_one, i) => i % WALKERS === nth)) {
      matrix[keyOf(one)] = await walkRoute(server, worlds, one, leaks)
    }
  }
  await Promise.all(Array.from({ length: WALKERS }, (_, nth) => walk(nth)))
  const worlds = new Worlds(server)
  for (const one of rest) {
    matrix[keyOf(one)] = await walkRoute(server, worlds, one, leaks)
    worlds.spoil()
  }
  return { matrix, leaks }
}

/** Throws, naming every route that a new feature brought and for which nobody has said how to call it. */
async function checkArguments(server: TestServer, all: readonly Route[]): Promise<void> {
  const world = await makeWorld(server)
  const missing: string[] = []
  for (const one of all) {
    try {
      requestFor(one, world)
    } catch (error) {
      missing.push((error as Error).message)
    }
  }
  if (missing.length > 0) throw new Error(missing.join('\n'))
}

/** Keeps one world until a call has changed it. */
class Worlds {
  readonly #server: TestServer
  #current: World | undefined

  constructor(server: TestServer) {
    this.#server = server
  }

  async fresh(): Promise<World> {
    return (this.#current ??= await makeWorld(this.#server))
  }

  spoil(): void {
    this.#current = undefined
  }
}

async function walkRoute(server: TestServer, worlds: Worlds, one: Route, leaks: Leak[]): Promise<string> {
  const row: string[] = []
  for (const role of ROLES) {
    const world = await worlds.fresh()
    const { status, text } = await callAs(server, one, role, world)
    row.push(String(status))
    if (status >= 300) continue
    if (one.method !== 'GET' && SPOILING.test(keyOf(one))) worlds.spoil()
    // Whoever holds an invitation learns what it leads to.
    if (keyOf(one) === 'POST /api/v4/teams/members/invite') continue
    const told = secretsFrom(world, role).filter((secret) => text.includes(secret))
    if (told.length > 0) leaks.push({ route: keyOf(one), role, body: text.slice(0, 300) })
  }
  return row.join(' ')
}

/** What a role may not read in any answer, whatever it is about. */
function secretsFrom(world: World, role: Role): string[] {
  if (!['outsider', 'guest', 'anonymous'].includes(role)) return []
  const { member, teamAdmin } = world.people
  const secrets = [
    world.channel,
    world.channelName,
    world.post,
    world.file,
    world.inviteId,
    world.accessTokenSecret,
    world.invitation,
    member.token,
    member.sessionId,
    world.scheduled,
    world.draft,
    `secret word ${world.short}`,
    world.openChannelName,
    world.openChannel,
  ]
  // A guest must not even learn of people that share no channel with them.
  return role === 'guest'
    ? [...secrets, member.username, teamAdmin.username, teamAdmin.id]
    : [...secrets, world.team, world.teamName]
}

/** One call with the role's token. Throws when the answer breaks the contract or is a 5xx. */
export async function callAs(
  server: TestServer,
  one: Route,
  role: Role,
  world: World,
): Promise<{ status: number; text: string }> {
  const { method, path, body } = requestFor(one, world)
  const token = role === 'anonymous' ? '' : world.people[role].token
  if (one.path.startsWith('/api/v4/')) {
    const answer = await server.as({ token }).call(method, path, body)
    return { status: answer.status, text: typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body) }
  }
  const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {}
  const response = await fetch(server.url + path, { method, headers, redirect: 'manual' })
  return { status: response.status, text: await response.text() }
}
