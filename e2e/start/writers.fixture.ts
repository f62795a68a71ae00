import { setTimeout as sleep } from 'node:timers/promises'
import type { Member } from './world.fixture.ts'

/** A post that the server answered with 201. */
export interface Acknowledged {
  readonly id: string
  readonly pendingId: string
  readonly channelId: string
  readonly rootId: string
  readonly userId: string
}

/** Random numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * People who post as fast as they are answered: roots and, for every third post, replies to earlier roots. What was
 * not answered is sent again only when `again` says so: the server remembers pending ids while it runs.
 */
export class Writers {
  readonly acknowledged: Acknowledged[] = []
  /** pending ids of posts that were refused or never answered */
  readonly unanswered: string[] = []
  readonly #url: string
  readonly #channels: readonly string[]
  readonly #random: () => number
  readonly #again: boolean
  readonly #roots = new Map<string, string[]>()
  #sent = 0
  #writing: Promise<void>[] = []
  #on = false

  constructor(url: string, channels: readonly string[], random: () => number, again = false) {
    this.#again = again
    this.#url = url
    this.#channels = channels
    this.#random = random
  }

  /** Everybody begins to write. */
  begin(people: readonly Member[]): void {
    this.#on = true
    this.#writing = people.map((person) => this.#write(person))
  }

  /** Everybody stops; resolves when the last answer, or its absence, is known. */
  async end(): Promise<void> {
    this.#on = false
    await Promise.all(this.#writing)
  }

  async #write(person: Member): Promise<void> {
    while (this.#on) {
      const isAnswered = await this.#post(person)
      // The server is gone, or about to go: the next round begins when it is back.
      if (!isAnswered) return
    }
  }

  async #post(person: Member): Promise<boolean> {
    const channelId = this.#channels[Math.floor(this.#random() * this.#channels.length)]!
    const roots = this.#roots.get(channelId) ?? []
    const rootId = this.#random() < 0.33 ? (roots[Math.floor(this.#random() * roots.length)] ?? '') : ''
    const pendingId = `${person.id}:${++this.#sent}`
    const post = { channel_id: channelId, root_id: rootId, message: pendingId, pending_post_id: pendingId }
    let id = await this.#send(person, post)
    for (let n = 0; this.#again && !id && n < 1200; n++) {
      await sleep(100)
      id = await this.#send(person, post)
    }
    if (!id) {
      this.unanswered.push(pendingId)
      return false
    }
    this.acknowledged.push({ id, pendingId, channelId, rootId, userId: person.id })
    if (!rootId) this.#roots.set(channelId, [...roots.slice(-20), id])
    return true
  }

  async #send(person: Member, post: object): Promise<string | undefined> {
    try {
      const response = await fetch(`${this.#url}/api/v4/posts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(post),
        signal: AbortSignal.timeout(10_000),
      })
      if (response.status === 201) return ((await response.json()) as { id: string }).id
      await response.text()
    } catch {
      // No answer.
    }
    return undefined
  }
}
