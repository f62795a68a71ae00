import clientPackage from '@mattermost/client'
import type { Json } from '../../testkit/json.ts'
import type { ContractWatch } from './contract-watch.ts'

/** An official class with the names of its methods kept and the types of their arguments let go: the contract judges. */
export type Loose<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => unknown ? (...args: { [I in keyof A]: Json }) => Json : T[K]
}

export interface Heard {
  readonly event: string
  readonly data: Json
  readonly broadcast: Json
  readonly seq: number
}

/** The official WebSocketClient expects a browser around it: it listens for the network going away. */
export function pretendBrowser(): void {
  const navigator = { userAgent: 'Mozilla/5.0 (compatible; compatibility scenario)' }
  Object.assign(globalThis, { window: Object.assign(new EventTarget(), { navigator }) })
}

/** One official WebSocketClient and what it has heard. */
export class Socket {
  readonly client: Loose<InstanceType<typeof clientPackage.WebSocketClient>>
  readonly events: Heard[] = []
  /** how often the client found that it cannot know what it missed, and would load everything again */
  missed = 0
  reconnects = 0
  readonly #waiting = new Set<() => void>()
  #connection: WebSocket | undefined

  /** `headers` go with the upgrade request, as a browser's cookies do. */
  constructor(watch: ContractWatch, headers: Record<string, string> = {}) {
    const client = new clientPackage.WebSocketClient({
      maxWebSocketFails: 7,
      minWebSocketRetryTime: 20,
      maxWebSocketRetryTime: 100,
      reconnectJitterRange: 5,
      clientPingInterval: 30_000,
      newWebSocketFn: (url: string) => this.#connect(url, headers, watch),
    })
    this.client = client
    client.addMessageListener((message) => {
      this.events.push(message as unknown as Heard)
      this.#wake()
    })
    client.addMissedMessageListener(() => (this.missed += 1))
    client.addReconnectListener(() => (this.reconnects += 1))
  }

  /** Connects; resolves with the `hello` of the server. */
  open(url: string, token?: string): Promise<Heard> {
    this.client.initialize(`${url.replace('http', 'ws')}/api/v4/websocket`, token, true)
    return this.heard('hello')
  }

  /** What the client sends with REST calls, so that it does not hear its own echo. */
  get connectionId(): string {
    return (this.client as unknown as { connectionId: string }).connectionId
  }

  /** Cuts the line as a tunnel would: the client did not ask for it and comes back by itself. */
  cut(): void {
    this.#connection?.close()
  }

  named(name: string): Heard[] {
    return this.events.filter((one) => one.event === name)
  }

  /** Resolves with the first event of that name, heard already or to come, for which `fits` holds. */
  async heard(name: string, fits: (event: Heard) => boolean = () => true): Promise<Heard> {
    const deadline = Date.now() + 5000
    for (;;) {
      const found = this.events.find((one) => one.event === name && fits(one))
      if (found) return found
      if (Date.now() > deadline) {
        throw new Error(`no ${name} was heard; heard: ${this.events.map((one) => one.event).join(', ') || 'nothing'}`)
      }
      await this.#next(deadline - Date.now())
    }
  }

  /** Everything that the server said before this call has been heard when it resolves. */
  settle(): Promise<void> {
    return new Promise((resolve) => this.client.sendMessage('ping', {}, () => resolve()))
  }

  clear(): void {
    this.events.length = 0
  }

  close(): void {
    this.client.close()
  }

  #connect(url: string, headers: Record<string, string>, watch: ContractWatch): WebSocket {
    // Node's WebSocket takes headers where a browser's sends cookies by itself.
    const connection = new WebSocket(url, { headers } as never)
    connection.addEventListener('message', (message) => watch.frame(JSON.parse(String(message.data))))
    this.#connection = connection
    return connection
  }

  #next(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting
      const timer = setTimeout(done, ms)
      function done(): void {
        clearTimeout(timer)
        waiting.delete(done)
        resolve()
      }
      waiting.add(done)
    })
  }

  #wake(): void {
    for (const wake of this.#waiting) wake()
  }
}
