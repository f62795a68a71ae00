import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Session } from '../sessions/session.ts'
import { eventFrames, textFrame } from './encode.ts'
import type { EncodedEvent } from './encode.ts'

/** Sent events kept for a client that comes back (websocket.md: dead queue). */
const KEPT_SENT = 128
/** Events kept while the client is away; with more than that it must start anew. */
const KEPT_AWAY = 256
/** A reader this far behind is cut off and may resume: it must not hold memory or slow the others. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024
/** From here on, events that soon lose their meaning are left out for a slow reader. */
const BUSY_UNSENT_BYTES = 256 * 1024
/** So many events wait for the end of a turn at most. */
const MAX_UNWRITTEN = 64
const PERISHABLE = new Set(['typing', 'status_change', 'multiple_channels_viewed'])

/** What the client says it is looking at (`presence` action); undefined = it has not said. */
export interface Viewing {
  channelId?: string
  teamId?: string
  threadChannelId?: string
  isThreadView?: boolean
}

/**
 * One client's event stream. It outlives its socket: while the client is away, events are kept, so that it can
 * resume where it stopped.
 */
export class Connection {
  id: string
  session: Session
  readonly viewing: Viewing = {}
  readonly postedAck: boolean
  #socket: WebSocket | undefined
  #duplex: Duplex | undefined
  #nextSeq = 0
  /** the newest events, their sequence numbers ending at #nextSeq - 1 */
  #kept: EncodedEvent[] = []
  #sinceAway = 0
  /** so many of the newest kept events leave at the end of this turn of the event loop */
  #unwritten = 0

  constructor(id: string, session: Session, postedAck: boolean) {
    this.id = id
    this.session = session
    this.postedAck = postedAck
  }

  get attached(): boolean {
    return this.#socket !== undefined
  }

  attach(socket: WebSocket, duplex: Duplex): void {
    this.#socket = socket
    this.#duplex = duplex
    this.#sinceAway = 0
  }

  detach(): void {
    this.#unwritten = 0
    this.#socket = undefined
    this.#duplex = undefined
  }

  /** Sends or keeps one event. Returns false when the client has been away for too many events to resume. */
  push(name: string, encoded: EncodedEvent): boolean {
    const unsent = this.#duplex?.writableLength ?? 0
    if (unsent > BUSY_UNSENT_BYTES && PERISHABLE.has(name)) return true
    this.#nextSeq++
    this.#kept.push(encoded)
    if (!this.#duplex) return ++this.#sinceAway <= KEPT_AWAY
    if (this.#kept.length > KEPT_SENT * 2) this.#kept = this.#kept.slice(-KEPT_SENT)
    if (unsent <= MAX_UNSENT_BYTES) this.#writeLater()
    else {
      this.#unwritten = 0
      this.#socket?.terminate()
    }
    return true
  }

  /** One write for all events of a turn: under load a client gets several, and a write costs more than its bytes. */
  #writeLater(): void {
    if (++this.#unwritten === 1) atEndOfTurn(this)
    else if (this.#unwritten >= MAX_UNWRITTEN) this.flush()
  }

  /** Writes what waits for the end of the turn. */
  flush(): void {
    const count = this.#unwritten
    this.#unwritten = 0
    if (count > 0) this.#duplex?.write(eventFrames(this.#kept.slice(-count), this.#nextSeq - count))
  }

  /** Answers a client request, after the events that came before. */
  reply(body: object): void {
    this.flush()
    this.#duplex?.write(textFrame(JSON.stringify(body)))
  }

  /**
   * Re-sends everything from sequence number `from` on, with the original numbers. Returns false when an event
   * before that is no longer kept: then the client has lost something and must start anew.
   */
  resumeFrom(from: number): boolean {
    const missed = this.#nextSeq - from
    if (missed < 0 || missed > this.#kept.length) return false
    if (missed > 0) this.#duplex?.write(eventFrames(this.#kept.slice(-missed), from))
    return true
  }

  /** Begins a new stream on the same object: a new id, sequence numbers from 0. */
  restart(id: string): void {
    this.flush()
    this.id = id
    this.#nextSeq = 0
    this.#kept = []
  }

  close(): void {
    this.#socket?.terminate()
  }
}

let due: Connection[] = []

function atEndOfTurn(connection: Connection): void {
  if (due.push(connection) === 1) setImmediate(flushAll)
}

function flushAll(): void {
  const connections = due
  due = []
  for (const connection of connections) connection.flush()
}
