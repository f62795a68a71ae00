const PER_HOUR = 20
const HOUR_MS = 3_600_000
/** Senders that are remembered; a forgotten one begins anew. */
const MAX_SENDERS = 10_000

/**
 * At most 20 invitation mails an hour for each sender, all at once if he likes: nobody may use this server to fill
 * other people's mailboxes. Kept in this process only.
 */
export class InvitationLimit {
  readonly #senders = new Map<string, { left: number; at: number }>()

  /** Takes `count` mails, or none and answers after how many ms there will be enough of them. 0 = taken. */
  take(senderId: string, count: number, now: number): number {
    const before = this.#senders.get(senderId) ?? { left: PER_HOUR, at: now }
    const left = Math.min(PER_HOUR, before.left + ((now - before.at) / HOUR_MS) * PER_HOUR)
    const allowed = left >= count
    this.#senders.delete(senderId)
    this.#senders.set(senderId, { left: allowed ? left - count : left, at: now })
    if (this.#senders.size > MAX_SENDERS) this.#senders.delete(this.#senders.keys().next().value!)
    return allowed ? 0 : Math.ceil(((count - left) / PER_HOUR) * HOUR_MS)
  }
}
