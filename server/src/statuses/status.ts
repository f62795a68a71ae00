/** Presence as clients know it; `ooo` = away for days, with an automatic reply. */
export type StatusName = 'online' | 'away' | 'dnd' | 'offline' | 'ooo'

/** What the API answers. `dnd_end_time` is in seconds (0 = no end), the other time in ms. */
export interface Status {
  readonly user_id: string
  readonly status: StatusName
  readonly manual: boolean
  readonly last_activity_at: number
  readonly dnd_end_time: number
}

/** One person's presence as kept in memory. */
export interface Presence {
  readonly status: StatusName
  /** chosen by hand: nothing but another choice by hand changes it */
  readonly manual: boolean
  /** ms */
  readonly lastActivityAt: number
  /** seconds; 0 = none */
  readonly dndEndTime: number
  /** what comes back when `dnd` ends */
  readonly prevStatus: StatusName | ''
  /** the channel open in the client; never told to anyone, decides about pushes */
  readonly activeChannel: string
}

export const NOBODY: Presence = {
  status: 'offline',
  manual: false,
  lastActivityAt: 0,
  dndEndTime: 0,
  prevStatus: '',
  activeChannel: '',
}

const NAMES: ReadonlySet<string> = new Set(['online', 'away', 'dnd', 'offline', 'ooo'])

/** A stored or sent word as a status; anything unknown counts as offline. */
export const statusName = (word: string | null): StatusName =>
  NAMES.has(word ?? '') ? (word as StatusName) : 'offline'

/** Presence as the API answers it: the open channel is nobody else's business. */
export const statusView = (userId: string, presence: Presence): Status => ({
  user_id: userId,
  status: presence.status,
  manual: presence.manual,
  last_activity_at: presence.lastActivityAt,
  dnd_end_time: presence.dndEndTime,
})

/** The person did something. Choosing `online` by hand only ends an earlier choice: it does not stick itself. */
export function active(before: Presence, now: number, byHand = false): Presence {
  if (before.manual && !byHand) return before
  return { ...before, status: 'online', manual: false, lastActivityAt: now, dndEndTime: 0 }
}

/** The person may have been idle: away after `timeout` ms without activity, at once when chosen by hand. */
export function maybeAway(before: Presence, now: number, timeout: number, byHand = false): Presence {
  if (byHand) return { ...before, status: 'away', manual: true, dndEndTime: 0, activeChannel: '' }
  if (before.manual || before.status === 'away' || now - before.lastActivityAt < timeout) return before
  return { ...before, status: 'away', activeChannel: '' }
}

/** The last connection went, or the person hides. */
export function offline(before: Presence, now: number, byHand = false): Presence {
  if (before.manual && !byHand) return { ...before, activeChannel: '' }
  return { ...before, status: 'offline', manual: byHand, lastActivityAt: now, dndEndTime: 0, activeChannel: '' }
}

/** Do not disturb, until `endTime` (seconds, cut to the minute) or, with 0, until further notice. */
export function doNotDisturb(before: Presence, endTime: number): Presence {
  const prevStatus = before.status === 'dnd' ? before.prevStatus : before.status
  return { ...before, status: 'dnd', manual: true, dndEndTime: endTime - (endTime % 60), prevStatus }
}

/** Away for days: sticks until another choice by hand. */
export const outOfOffice = (before: Presence): Presence => ({ ...before, status: 'ooo', manual: true, dndEndTime: 0 })

/** `dnd` has ended: what was before comes back, as far as it is still true. */
export function disturbAgain(before: Presence, connected: boolean): Presence {
  const back =
    connected && before.prevStatus !== 'offline' ? before.prevStatus || 'online' : connected ? 'online' : 'offline'
  return { ...before, status: back === 'dnd' ? 'online' : back, manual: false, dndEndTime: 0, prevStatus: 'dnd' }
}
