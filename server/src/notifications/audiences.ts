import type { Access, ChannelCore } from '../access/access.ts'
import type { ConfigStore } from '../config/config-store.ts'
import type { Queries } from '../database/pool.ts'
import type { CountedMention } from '../posts/post-writer.ts'
import type { Post } from '../posts/post.ts'
import type { CacheChange } from '../realtime/changes.ts'
import type { Session } from '../sessions/session.ts'
import type { Statuses } from '../statuses/statuses.ts'

export interface Decision {
  readonly mentions: readonly CountedMention[]
  readonly perUser: Record<string, object>
}

/** Who is told of a post. */
export class Audiences {
  constructor(_parts: { db: Queries; config: ConfigStore; access: Access; statuses: Statuses }) {}

  async decide(_post: Post, _channel: ChannelCore, _session: Session): Promise<Decision> {
    return { mentions: [], perUser: {} }
  }

  apply(_change: CacheChange): void {}
}
