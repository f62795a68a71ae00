import { NaturalBatches } from '../database/natural-batches.ts'
import type { UnitOfWork } from '../database/unit-of-work.ts'
import { event } from '../realtime/events.ts'
import type { ServerEvent } from '../realtime/events.ts'
import { markViewed } from './channel-views.store.ts'
import type { ViewedChannel } from './channel-views.store.ts'

/** Somebody has read channels up to now. */
export interface View {
  readonly userId: string
  readonly channelIds: readonly string[]
  /** his threads in them are read as well, at this time (ms); null: they are not */
  readonly threadsAt: number | null
  /** his other clients are told */
  readonly told: boolean
}

/** Up to when each channel is read now (ms); channels he is not in are left out. */
export type ViewTimes = Record<string, number>

/** Marks channels as read, many people's in one statement: opening a channel is what people do most. */
export class ViewWriter {
  readonly #batches: NaturalBatches<View, ViewTimes>

  constructor(unitOfWork: UnitOfWork) {
    this.#batches = new NaturalBatches((views) =>
      unitOfWork.single(async (tx) => {
        const viewed = await markViewed(tx.db, views)
        return views.map((view) => {
          const own = view.channelIds.flatMap((id) => viewed.get(`${id}:${view.userId}`) ?? [])
          for (const said of eventsOf(view, own)) tx.publish(said)
          // Whoever asked twice at once has been told by the first answer.
          for (const one of own) Object.assign(one, { touched: false, threads: false })
          return Object.fromEntries(own.map(({ channelId, at }) => [channelId, at]))
        })
      }),
    )
  }

  /** Resolves when it is durable and the person's other clients have been told. */
  write(view: View): Promise<ViewTimes> {
    return this.#batches.add(view)
  }
}

function eventsOf({ userId, threadsAt, told }: View, viewed: readonly ViewedChannel[]): ServerEvent[] {
  const events = viewed
    .filter(({ threads }) => threads)
    .map(({ channelId }) => event('thread_read_changed', { channelId, userId }, { timestamp: threadsAt ?? 0 }))
  if (!told || !viewed.some(({ touched }) => touched)) return events
  const channel_times = Object.fromEntries(viewed.map(({ channelId, at }) => [channelId, at]))
  return [...events, event('multiple_channels_viewed', { userId }, { channel_times })]
}
