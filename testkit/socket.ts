import { WebSocket } from 'ws'
import { checkEvent } from './contract/index.ts'
import type { Json } from './json.ts'

export interface HeardEvent {
  readonly event: string
  readonly data: Record<string, Json>
  readonly broadcast: Record<string, Json>
  readonly seq: number
}

/**
 * A client's socket in a test. It remembers what it hears; `heard` waits for an event that fits, and `settle` makes
 * sure that everything said so far has arrived, so that a test can assert that something was NOT said.
 */
export class TestSocket {
  readonly events: HeardEvent[] = []
  readonly problems: string[] = []
  readonly socket: WebSocket
  readonly #replies = new Map<number, { done: (reply: Json) => void; failed: (error: Error) => void }>()
  readonly #waiting = new Set<() => void>()
  #seq = 0

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data: Buffer) => this.#onMessage(JSON.parse(data.toString())))
    socket.on('close', () => {
      for (const { failed } of this.#replies.values()) failed(new Error('the socket closed before it answered'))
      this.#wake()
    })
  }

  static async open(url: string, token: string, query = ''): Promise<TestSocket> {
    const headers = { Authorization: `Bearer ${token}` }
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v4/websocket${query}`, { headers })
    const opened = new TestSocket(socket)
    await new Promise((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    await opened.request('ping')
    return opened
  }

  /** The data of each heard event of that name. */
  named(name: string): Record<string, Json>[] {
    return this.events.filter((one) => one.event === name).map((one) => one.data)
  }

  /** Resolves with the first event (heard already or to come) of that name for which `fits` holds. */
  async heard(name: string, fits: (event: HeardEvent) => boolean = () => true): Promise<HeardEvent> {
    const deadline = Date.now() + 5000
    for (;;) {
      const found = this.events.find((one) => one.event === name && fits(one))
      if (found) return found
      if (Date.now() > deadline || this.socket.readyState !== WebSocket.OPEN) {
        throw new Error(`no ${name} was heard; heard: ${this.events.map((one) => one.event).join(', ') || 'nothing'}`)
      }
      await this.#next(deadline - Date.now())
    }
  }

  /** Sends a request and resolves with its reply. */
  request(action: string, data?: object): Promise<Json> {
    const seq = ++this.#seq
    return new Promise((done, failed) => {
      this.#replies.set(seq, { done, failed })
      this.socket.send(JSON.stringify({ seq, action, ...(data && { data }) }))
    })
  }

  /** Everything that the server had said before this call has been heard when it resolves. */
  async settle(): Promise<void> {
    await this.request('ping')
    if (this.problems.length > 0) throw new Error(`events break the contract:\n  ${this.problems.join('\n  ')}`)
  }

  /** Forgets what has been heard so far. */
  clear(): void {
    this.events.length = 0
  }

  close(): void {
    this.socket.close()
  }

  #onMessage(frame: Json): void {
    if (frame.seq_reply !== undefined) {
      this.#replies.get(frame.seq_reply)?.done(frame)
      this.#replies.delete(frame.seq_reply)
    } else {
      this.problems.push(...checkEvent(frame).map((problem) => `${frame.event}: ${problem}`))
      this.events.push(frame)
      this.#wake()
    }
  }

  #next(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms)
      const waiting = this.#waiting
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
