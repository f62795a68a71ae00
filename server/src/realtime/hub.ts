import { hostname } from 'node:os'
import type { Session } from '../sessions/session.ts'
import type { CacheChange } from './changes.ts'
import type { Connection } from './connection.ts'
import { encodeEvent } from './encode.ts'
import type { EncodedEvent } from './encode.ts'
import { event } from './events.ts'
import type { ServerEvent } from './events.ts'

/** What the hub asks of the rest of the server. */
export interface HubQuestions {
  /** ids of all channels and teams the user is a member of */
  memberships(userId: string): Promise<{ channelIds: string[]; teamIds: string[] }>
  /** the session as it is now, or null when it has ended */
  currentSession(token: string): Promise<Session | null>
  canReadChannel(session: Session, channelId: string): Promise<boolean>
  /** whether `viewer` may know of `userId` (guests see only people of their channels) */
  canSeeUser(viewer: Session, userId: string): Promise<boolean>
  serverVersion(): string
}

interface OnlineUser {
  readonly connections: Set<Connection>
  readonly channelIds: Set<string>
  readonly teamIds: Set<string>
  /** grows with each membership change; a load that a change overtook is repeated */
  version: number
  /** connections whose memberships are being read */
  arriving: number
}

/** Skipped for a client that has said that it looks at another channel (websocket.md, delivery rule 7). */
const ONLY_WHERE_VIEWED = new Set(['typing', 'reaction_added', 'reaction_removed'])

/** Who is connected, and who of them hears what. Knows nothing of sockets' bytes or of the database. */
export class Hub {
  readonly #ask: HubQuestions
  readonly #users = new Map<string, OnlineUser>()
  readonly #byChannel = new Map<string, Set<Connection>>()
  readonly #byTeam = new Map<string, Set<Connection>>()
  readonly #byId = new Map<string, Connection>()

  constructor(ask: HubQuestions) {
    this.#ask = ask
  }

  /** Adds a connection and greets it; from here on it hears what its user may hear, and `hello` is the first of it. */
  async register(connection: Connection): Promise<void> {
    const { userId } = connection.session
    let user = this.#users.get(userId)
    if (!user) {
      user = { connections: new Set(), channelIds: new Set(), teamIds: new Set(), version: 0, arriving: 0 }
      this.#users.set(userId, user)
    }
    user.arriving++
    try {
      await this.#loadMemberships(userId, user)
    } finally {
      user.arriving--
      this.#dropIfGone(userId, user)
    }
    if (!connection.attached) return
    this.#users.set(userId, user)
    user.connections.add(connection)
    this.#byId.set(connection.id, connection)
    for (const id of user.channelIds) add(this.#byChannel, id, connection)
    for (const id of user.teamIds) add(this.#byTeam, id, connection)
    this.greet(connection)
  }

  #dropIfGone(userId: string, user: OnlineUser): void {
    if (user.connections.size === 0 && user.arriving === 0) this.#users.delete(userId)
  }

  /** The `hello` that tells a client its connection id; also sent when a resume failed. */
  greet(connection: Connection): void {
    const to = { userId: connection.session.userId, connectionId: connection.id }
    const hello = event('hello', to, {
      server_version: this.#ask.serverVersion(),
      connection_id: connection.id,
      server_hostname: hostname(),
    })
    // Clients expect connection_id to be empty in hello's broadcast.
    connection.push('hello', encodeEvent({ ...hello, to: { userId: to.userId } }, hello.data))
  }

  async #loadMemberships(userId: string, user: OnlineUser): Promise<void> {
    let version = -1
    while (version !== user.version) {
      version = user.version
      const { channelIds, teamIds } = await this.#ask.memberships(userId)
      if (version !== user.version) continue
      for (const id of channelIds) user.channelIds.add(id)
      for (const id of teamIds) user.teamIds.add(id)
    }
  }

  /** Forgets a connection for good. Returns how many connections its user has left. */
  unregister(connection: Connection): number {
    const user = this.#users.get(connection.session.userId)
    this.#byId.delete(connection.id)
    if (!user?.connections.delete(connection)) return user?.connections.size ?? 0
    for (const id of user.channelIds) remove(this.#byChannel, id, connection)
    for (const id of user.teamIds) remove(this.#byTeam, id, connection)
    this.#dropIfGone(connection.session.userId, user)
    return user.connections.size
  }

  connection(id: string): Connection | undefined {
    return this.#byId.get(id)
  }

  /** Gives a connection whose resume failed a new id. */
  rename(connection: Connection, id: string): void {
    this.#byId.delete(connection.id)
    connection.restart(id)
    this.#byId.set(id, connection)
  }

  connections(): Iterable<Connection> {
    return this.#byId.values()
  }

  connectionsOf(userId: string): readonly Connection[] {
    return [...(this.#users.get(userId)?.connections ?? [])]
  }

  /** Users in a channel with a client that confirms notifications (`posted_ack` on its connection). */
  acknowledgingUsers(channelId: string): Set<string> {
    const users = new Set<string>()
    for (const connection of this.#byChannel.get(channelId) ?? []) {
      if (connection.postedAck) users.add(connection.session.userId)
    }
    return users
  }

  /** Whether the user has at least one open socket on this node. */
  isConnected(userId: string): boolean {
    return this.connectionsOf(userId).some((connection) => connection.attached)
  }

  /** Follows membership and session changes; must run before the events of the same transaction are delivered. */
  apply(change: CacheChange): void | Promise<void> {
    switch (change.kind) {
      case 'channelMember':
        return this.#membership(change.userId, this.#byChannel, 'channelIds', change.channelId, change.present)
      case 'teamMember':
        return this.#membership(change.userId, this.#byTeam, 'teamIds', change.teamId, change.present)
      case 'user':
      case 'sessions':
      case 'session':
        if (this.#users.has(change.userId)) return this.#recheckSessions(change.userId)
        return
      case 'everything':
        return this.#recheckAllSessions()
    }
  }

  #membership(userId: string, index: Index, key: 'channelIds' | 'teamIds', id: string, present: boolean): void {
    const user = this.#users.get(userId)
    if (!user) return
    user.version++
    if (present) user[key].add(id)
    else user[key].delete(id)
    for (const connection of user.connections) {
      if (present) add(index, id, connection)
      else remove(index, id, connection)
    }
  }

  async #recheckAllSessions(): Promise<void> {
    const connected = [...this.#users.keys()]
    for (const userId of connected) await this.#recheckSessions(userId)
  }

  async #recheckSessions(userId: string): Promise<void> {
    for (const connection of this.connectionsOf(userId)) {
      const session = await this.#ask.currentSession(connection.session.token)
      if (session) connection.session = session
      else {
        this.unregister(connection)
        connection.close()
      }
    }
  }

  /** Sends an event to everyone who may hear it. A promise only where a right has to be looked up first. */
  send(sent: ServerEvent): void | Promise<void> {
    if (sent.restricted || sent.aboutUserId) return this.#sendChecked(sent)
    const encode = encoder(sent)
    for (const connection of this.#candidates(sent)) {
      if (hears(connection, sent)) this.#push(connection, sent.name, encode(connection, sent.data))
    }
  }

  async #sendChecked(sent: ServerEvent): Promise<void> {
    const encode = encoder(sent)
    const candidates = [...this.#candidates(sent)]
    for (const connection of candidates) {
      if (!hears(connection, sent)) continue
      const session = connection.session
      const about = sent.aboutUserId
      if (about && session.isGuest && about !== session.userId && !(await this.#ask.canSeeUser(session, about)))
        continue
      let data = sent.data
      for (const channelId of sent.restricted?.channelIds ?? []) {
        if (!(await this.#ask.canReadChannel(session, channelId))) data = { ...data, ...sent.restricted?.data }
      }
      this.#push(connection, sent.name, encode(connection, data))
    }
  }

  #push(connection: Connection, name: string, encoded: EncodedEvent): void {
    if (!connection.push(name, encoded)) this.unregister(connection)
  }

  #candidates({ to }: ServerEvent): Iterable<Connection> {
    if (to.connectionId) {
      const connection = this.#byId.get(to.connectionId)
      return connection ? [connection] : []
    }
    if (to.userId) return this.#users.get(to.userId)?.connections ?? []
    if (to.channelId) return this.#byChannel.get(to.channelId) ?? []
    if (to.teamId) return this.#byTeam.get(to.teamId) ?? []
    return this.#byId.values()
  }
}

type Index = Map<string, Set<Connection>>

function add(index: Index, id: string, connection: Connection): void {
  const set = index.get(id)
  if (set) set.add(connection)
  else index.set(id, new Set([connection]))
}

function remove(index: Index, id: string, connection: Connection): void {
  const set = index.get(id)
  if (set?.delete(connection) && set.size === 0) index.delete(id)
}

/** The rules that do not depend on membership (websocket.md, "Delivery rules"). */
function hears(connection: Connection, { name, to }: ServerEvent): boolean {
  const { session, viewing } = connection
  if (session.mfaPending) return false
  if (to.sanitized && session.roles.includes('system_admin')) return false
  if (to.sensitive && !session.roles.includes('system_admin')) return false
  if (to.omitConnectionId && to.omitConnectionId === connection.id) return false
  if (to.omitUsers?.includes(session.userId)) return false
  if (to.channelId && ONLY_WHERE_VIEWED.has(name) && viewing.channelId !== undefined) {
    return viewing.channelId === to.channelId || viewing.threadChannelId === to.channelId
  }
  return true
}

/** Encodes lazily and once for each distinct content: most recipients share one. */
function encoder(sent: ServerEvent): (connection: Connection, data: object) => EncodedEvent {
  const shared = new Map<object, Map<object, EncodedEvent>>()
  return (connection, data) => {
    const own = ownFor(connection, sent.perUser?.[connection.session.userId] ?? NOTHING)
    let variants = shared.get(data)
    if (!variants) shared.set(data, (variants = new Map()))
    let encoded = variants.get(own)
    if (!encoded) variants.set(own, (encoded = encodeEvent(sent, { ...data, ...own })))
    return encoded
  }
}

const NOTHING = {}

/** `should_ack` goes only to clients that asked for it when they connected. */
function ownFor(connection: Connection, own: object): object {
  if (connection.postedAck || !('should_ack' in own)) return own
  const { should_ack: _, ...rest } = own
  return Object.keys(rest).length > 0 ? rest : NOTHING
}
