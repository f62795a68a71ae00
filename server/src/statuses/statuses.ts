import type { ConfigStore } from '../config/config-store.ts'
import type { Queries } from '../database/pool.ts'
import type { UnitOfWork } from '../database/unit-of-work.ts'
import type { NotificationStatus } from '../notifications/notification-types.ts'
import type { Presence } from '../realtime/endpoint.ts'
import type { Hub } from '../realtime/hub.ts'

/** Who is online, away, busy or gone. */
export class Statuses implements Presence {
  readonly #hub: Hub

  constructor(parts: { db: Queries; unitOfWork: UnitOfWork; config: ConfigStore; hub: Hub }) {
    this.#hub = parts.hub
  }

  /** Presence as the notification rules read it; never a query. */
  statusOf(userId: string): NotificationStatus {
    return { status: this.#hub.isConnected(userId) ? 'online' : 'offline' }
  }

  connected(_userId: string): void {}
  alive(_userId: string): void {}
  disconnected(_userId: string): void {}
}
