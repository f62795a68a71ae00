import { siteAddress } from '../../client/base-path.ts'
import type { Id, State } from '../../store/state.ts'

/** The names under which the ecosystem's clients store a choice. */
export const SOUNDS = ['Bing', 'Crackle', 'Down', 'Hello', 'Ripple', 'Upstairs'] as const

export type Sound = (typeof SOUNDS)[number]

/** What I chose, or the first. */
export const soundOf = (chosen: string | undefined): Sound => SOUNDS.find((one) => one === chosen) ?? 'Bing'

/** The sound for a channel: its own, else mine; undefined when I want none. */
export function soundFor(state: State, channelId: Id): Sound | undefined {
  const own = state.channelMembers[channelId]?.notify_props as Record<string, string> | undefined
  const mine = state.users[state.me]?.notify_props
  const wanted = own?.['desktop_sound'] ?? 'default'
  if (wanted === 'off' || (wanted === 'default' && mine?.desktop_sound === 'false')) return undefined
  const ownSound = own?.['desktop_notification_sound']
  return soundOf(ownSound && ownSound !== 'default' ? ownSound : mine?.desktop_notification_sound)
}

let playing: HTMLAudioElement | undefined

/** Plays a sound; a second one waits for nobody and takes the place of the first. Silent where the browser allows no sound yet. */
export function playSound(sound: Sound): void {
  playing?.pause()
  playing = new Audio(siteAddress(`/static/sounds/${sound.toLowerCase()}.wav`))
  playing.play().catch(() => undefined)
}
