import { setTimeout as sleep } from 'node:timers/promises'
import { applyEvent } from '../web/src/store/apply-event.ts'
import { markStale } from '../web/src/store/change.ts'
import type { State } from '../web/src/store/state.ts'
import type { Person } from './builders.ts'
import { fetchState, refetchStale } from './fetch-state.ts'
import type { TestServer } from './server.ts'
import type { HeardEvent, TestSocket } from './socket.ts'
import { differences } from './state-differences.ts'

export { fetchState } from './fetch-state.ts'

/**
 * State + events = refetch, for one client: fetches what he knows, lets `action` happen, applies the events that he heard with
 * the web client's own reducers, fetches what they declared stale, and compares with a state fetched anew. Throws with
 * every difference.
 */
export async function expectEventsToMatchRefetch(
  server: TestServer,
  person: Person,
  action: () => Promise<unknown>,
): Promise<void> {
  using watch = await Watch.open(server, { [person.username]: person })
  await watch.expect(action)
}

export interface Expectation {
  /** names of events that somebody watched must hear; without, a test could pass because nothing happened */
  readonly says?: readonly string[]
  /** who must hear nothing; that nothing changed for them either is compared by `finish`, once for all actions */
  readonly unseenBy?: readonly string[]
}

interface Client {
  readonly person: Person
  readonly socket: TestSocket
  state: State
  /** how many of the heard events have been applied */
  applied: number
}

/** Some requests go on after their answer (notices, previews): so often, and so long in between (ms), it is looked again. */
const TRIES = 5
const PAUSE = 30

/** Several clients that watch the same action, each with a state of his own that goes on from action to action. */
export class Watch {
  readonly #server: TestServer
  readonly #clients: ReadonlyMap<string, Client>

  private constructor(server: TestServer, clients: ReadonlyMap<string, Client>) {
    this.#server = server
    this.#clients = clients
  }

  static async open(server: TestServer, people: Record<string, Person>): Promise<Watch> {
    const opened = await Promise.all(
      Object.entries(people).map(
        async ([name, person]) => [name, { person, socket: await server.socket(person) }] as const,
      ),
    )
    const clients = new Map<string, Client>()
    for (const [name, client] of opened) {
      const state = await fetchState(server, client.person)
      // What was said meanwhile may be in the state already; who watches begins when nothing happens.
      await client.socket.settle()
      clients.set(name, { ...client, state, applied: client.socket.events.length })
    }
    return new Watch(server, clients)
  }

  /** What the client of that name knows now. */
  state(name: string): State {
    return this.#clients.get(name)!.state
  }

  /**
   * Lets the action happen and throws unless everybody watched knows afterwards what a reload would tell him. What happened
   * since the last time is taken in first, and only counted against the action if it left a difference.
   */
  async expect(action: () => Promise<unknown>, { says = [], unseenBy = [] }: Expectation = {}): Promise<void> {
    const clients = [...this.#clients]
    await Promise.all(clients.map(([, client]) => this.#catchUp(client)))
    const from = new Map(clients.map(([name, client]) => [name, client.applied]))
    await action()
    const problems = await Promise.all(
      clients.map(async ([name, client]) => {
        const lines = unseenBy.includes(name) ? await this.#silence(client) : await this.#follow(client)
        const heard = client.socket.events.slice(from.get(name))
        lines.push(...client.socket.problems.splice(0).map((problem) => `an event breaks the contract: ${problem}`))
        return { name, heard: heard.map((one) => one.event), lines: lines.map((line) => `${name}: ${line}`) }
      }),
    )
    const missing = says.filter((event) => !problems.some(({ heard }) => heard.includes(event)))
    const all = [...missing.map((event) => `nobody heard ${event}`), ...problems.flatMap(({ lines }) => lines)]
    const said = problems.map(({ name, heard }) => `${name} heard ${heard.join(', ') || 'nothing'}`)
    if (all.length > 0) throw new Error(`events and refetch differ:\n  ${[...all, ...said].join('\n  ')}`)
  }

  /** Throws unless everybody watched, also who never heard anything, knows what a reload would tell him. */
  async finish(): Promise<void> {
    await this.expect(async () => undefined)
  }

  async #silence(client: Client): Promise<string[]> {
    await client.socket.request('ping')
    const heard = client.socket.events.slice(client.applied)
    return heard.map((one) => `should not hear of ${one.event}`)
  }

  /** Takes in what was heard and fetches what that made stale, again if more was heard meanwhile: no one knows which was first. */
  async #catchUp(client: Client): Promise<void> {
    const { person, socket } = client
    await socket.request('ping')
    for (let round = 0; round < TRIES; round++) {
      const news = socket.events.slice(client.applied)
      client.applied += news.length
      const state = news.map(asSocketEvent).reduce(applyEvent, client.state)
      client.state = await refetchStale(this.#server, person, state)
      await socket.request('ping')
      if (socket.events.length === client.applied) return
      client.state = markStale(client.state, ...state.stale)
    }
  }

  /** Brings a client up to date; the differences that remain. He goes on from what was fetched, so that one fault shows once. */
  async #follow(client: Client): Promise<string[]> {
    let lines: string[] = []
    for (let tries = 0; tries < TRIES; tries++) {
      if (tries > 0) await sleep(PAUSE)
      await this.#catchUp(client)
      const fresh = await fetchState(this.#server, client.person)
      lines = differences(client.state, fresh)
      if (lines.length === 0) return []
      if (tries === TRIES - 1) client.state = fresh
    }
    return lines
  }

  [Symbol.dispose](): void {
    for (const { socket } of this.#clients.values()) socket.close()
  }
}

const asSocketEvent = ({ event, data, broadcast }: HeardEvent) => ({
  event,
  data,
  broadcast: broadcast as { user_id: string; channel_id: string; team_id: string },
})
