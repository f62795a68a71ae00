import type { ConfigStore } from '../config/config-store.ts'
import type { Queries } from '../database/pool.ts'
import type { UnitOfWork } from '../database/unit-of-work.ts'
import type { Presence } from '../realtime/endpoint.ts'
import type { Hub } from '../realtime/hub.ts'

/** Who is online, away, busy or gone. */
export class Statuses implements Presence {
  readonly #hub: Hub

  constructor(parts: { db: Queries; unitOfWork: UnitOfWork; config: ConfigStore; hub: Hub }) {
    this.#hub = parts.hub
  }

  /** Whether the user counts as online now (for @here). */
  isOnline(userId: string): boolean {
    return this.#hub.isConnected(userId)
  }

  connected(_userId: string): void {}
  alive(_userId: string): void {}
  disconnected(_userId: string): void {}
}
