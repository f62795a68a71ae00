import { api } from '../../client/api.ts'
import { getState, update } from '../../client/store.ts'
import { receivedMe } from '../../store/load.ts'

/** Tells the server the zone of this device where the reader has not chosen one: mails and reminders use it. */
export async function reportTimeZone(): Promise<void> {
  const { users, me } = getState()
  const zone = users[me]?.timezone
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!here || !zone || String(zone.useAutomaticTimezone) !== 'true' || zone.automaticTimezone === here) return
  const timezone = { ...zone, useAutomaticTimezone: 'true', automaticTimezone: here }
  const user = await api.patchMe({ timezone })
  update((state) => receivedMe(state, user))
}
