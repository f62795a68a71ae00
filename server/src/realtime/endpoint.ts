import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { decode } from '@msgpack/msgpack'
import { WebSocketServer } from 'ws'
import type { RawData, WebSocket } from 'ws'
import { readToken } from '../http/credentials.ts'
import { isId, newId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { answer, readRequest } from './actions.ts'
import type { SocketAction, SocketRequest } from './actions.ts'
import { Connection } from './connection.ts'
import type { Hub } from './hub.ts'
import { originAllowed, refuse } from './origin.ts'
import type { OriginSettings } from './origin.ts'

/** Times of websocket.md, "Ping, timing, limits", in ms. */
const PING_EVERY = 60_000
const SILENT_MAX = 100_000
const AUTH_WITHIN = 5_000
const RESUME_WITHIN = 5 * 60_000
const SWEEP_EVERY = 10_000
const MAX_FRAME = 8192
/** Requests of one socket that wait for their turn; a client has a handful under way. */
const MAX_WAITING = 1000

/** What happens to a user's presence when connections come, live and go. */
export interface Presence {
  connected(userId: string): void
  alive(userId: string): void
  disconnected(userId: string): void
}

export interface EndpointParts {
  readonly hub: Hub
  readonly actions: Readonly<Record<string, SocketAction>>
  readonly presence: Presence
  readonly session: (token: string) => Promise<Session | null>
  readonly originSettings: () => OriginSettings
  readonly onUnexpected: (error: unknown) => void
  /** where the API lives, e.g. '' or '/chat' when SiteURL has a path */
  readonly basePath: string
}

interface Line {
  readonly socket: WebSocket
  readonly duplex: Duplex
  readonly query: URLSearchParams
  connection: Connection | undefined
  lastPing: number
  lastPong: number
}

/** The WebSocket of the API: authentication, resuming, deadlines. What is said on it is the hub's affair. */
export class RealtimeEndpoint {
  readonly #parts: EndpointParts
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false })
  readonly #lines = new Set<Line>()
  readonly #away = new Map<Connection, number>()
  readonly #sweeper: NodeJS.Timeout

  constructor(server: Server, parts: EndpointParts) {
    this.#parts = parts
    this.#sweeper = setInterval(() => this.sweep(Date.now()), SWEEP_EVERY)
    this.#sweeper.unref()
    server.on('upgrade', (request, duplex, head) => this.#upgrade(request, duplex, head))
  }

  /** Ends all sockets; clients reconnect and resume or start anew. */
  close(): void {
    clearInterval(this.#sweeper)
    for (const line of this.#lines) {
      line.connection?.flush()
      line.socket.close(1001)
    }
    for (const line of this.#lines) line.socket.terminate()
    this.#sockets.close()
  }

  #upgrade(request: IncomingMessage, duplex: Duplex, head: Buffer): void {
    duplex.on('error', () => duplex.destroy())
    // An address that cannot be read must not end the process: nobody would catch what `new URL` throws here.
    const url = URL.parse(request.url ?? '/', 'http://localhost')
    if (url?.pathname.replace(/\/$/, '') !== `${this.#parts.basePath}/api/v4/websocket`) {
      duplex.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    if (!originAllowed(request, this.#parts.originSettings())) return refuse(duplex)
    this.#sockets.handleUpgrade(request, duplex, head, (socket) => {
      const now = Date.now()
      const line: Line = {
        socket,
        duplex,
        query: url.searchParams,
        connection: undefined,
        lastPing: now,
        lastPong: now,
      }
      this.#lines.add(line)
      const begun = this.#authenticate(line, readToken(request.headers)).catch((error: unknown) => {
        this.#parts.onUnexpected(error)
        socket.terminate()
      })
      this.#listen(line, begun)
    })
  }

  #listen(line: Line, begun: Promise<void>): void {
    const { socket } = line
    socket.on('pong', () => {
      line.lastPong = Date.now()
      if (line.connection) this.#parts.presence.alive(line.connection.session.userId)
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => this.#closed(line))
    // Requests of one client are answered in their order: the next waits until the one before is answered.
    // The first one waits for the upgrade's own authentication.
    let busy = begun
    let waiting = 0
    socket.on('message', (data, isBinary) => {
      const request = decodeFrame(data, isBinary)
      if (!request || ++waiting > MAX_WAITING) return socket.terminate()
      busy = busy
        .then(() => this.#handle(line, request))
        .catch((error: unknown) => this.#parts.onUnexpected(error))
        .finally(() => waiting--)
    })
  }

  async #authenticate(line: Line, token: string): Promise<void> {
    const id = line.query.get('connection_id') ?? ''
    const sequence = line.query.get('sequence_number') ?? ''
    if (id && (!isId(id) || !/^\d+$/.test(sequence))) return line.socket.terminate()
    const session = token ? await this.#parts.session(token) : null
    if (session) return this.#begin(line, session, id, Number(sequence))
    const timer = setTimeout(() => line.connection ?? line.socket.terminate(), AUTH_WITHIN)
    line.socket.once('close', () => clearTimeout(timer))
  }

  async #begin(line: Line, session: Session, resumeId: string, sequence: number): Promise<void> {
    const { hub, presence } = this.#parts
    const old = resumeId ? hub.connection(resumeId) : undefined
    if (line.socket.readyState !== line.socket.OPEN) return
    if (old && !old.attached && old.session.userId === session.userId) {
      this.#away.delete(old)
      line.connection = old
      old.session = session
      old.attach(line.socket, line.duplex)
      if (!old.resumeFrom(sequence)) {
        hub.rename(old, newId())
        hub.greet(old)
      }
    } else {
      const connection = new Connection(newId(), session, line.query.get('posted_ack') === 'true')
      line.connection = connection
      connection.attach(line.socket, line.duplex)
      await hub.register(connection)
    }
    presence.connected(session.userId)
  }

  async #handle(line: Line, request: SocketRequest): Promise<void> {
    const { connection, socket } = line
    if (request.action === 'authentication_challenge') return this.#challenge(line, request)
    if (!connection) return
    const reply = await answer(this.#parts.actions, connection, request, this.#parts.onUnexpected)
    if (socket.readyState === socket.OPEN) connection.reply(reply)
  }

  async #challenge(line: Line, request: SocketRequest): Promise<void> {
    if (line.connection) return
    const token = typeof request.data.token === 'string' ? request.data.token.slice(0, 50) : ''
    const session = token ? await this.#parts.session(token) : null
    // Two challenges may be under way at once; the first to be answered wins.
    if (line.connection) return
    if (!session) return line.socket.terminate()
    await this.#begin(line, session, '', 0)
    // Set by what was just awaited, which the compiler cannot see.
    const begun = line.connection as Connection | undefined
    begun?.reply({ status: 'OK', seq_reply: request.seq })
  }

  #closed(line: Line): void {
    this.#lines.delete(line)
    const { connection } = line
    if (!connection) return
    connection.detach()
    const { userId } = connection.session
    if (this.#parts.hub.connection(connection.id)) this.#away.set(connection, Date.now())
    if (!this.#parts.hub.isConnected(userId)) this.#parts.presence.disconnected(userId)
  }

  /** Pings who is due, ends who has been silent, forgets who has been away for too long. */
  sweep(now: number): void {
    for (const line of this.#lines) {
      if (now - line.lastPong > SILENT_MAX) line.socket.terminate()
      else if (now - line.lastPing >= PING_EVERY) {
        line.lastPing = now
        line.socket.ping()
      }
    }
    for (const [connection, since] of this.#away) {
      if (now - since < RESUME_WITHIN) continue
      this.#away.delete(connection)
      this.#parts.hub.unregister(connection)
    }
  }
}

function decodeFrame(data: RawData, isBinary: boolean): SocketRequest | null {
  try {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)
    return readRequest(isBinary ? decode(bytes) : JSON.parse(bytes.toString()))
  } catch {
    return null
  }
}
