/** Runs at most so many pieces of work at a time, and lets at most so many wait. */
export type Slots = { run<T>(work: () => Promise<T>): Promise<T> }

/** Thrown to those who find the queue full. */
export class QueueFullError extends Error {}

/** Makes slots: `limit` at work, `maxWaiting` in line; whoever comes after gets `QueueFullError`. */
export function createSlots(limit: number, maxWaiting: number): Slots {
  const waiting: (() => void)[] = []
  let busy = 0
  return {
    async run(work) {
      if (busy < limit) busy++
      else {
        if (waiting.length >= maxWaiting) throw new QueueFullError('too many link previews at once')
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
      try {
        return await work()
      } finally {
        // The slot passes on to the next in line, or is freed.
        const next = waiting.shift()
        if (next) next()
        else busy--
      }
    },
  }
}
