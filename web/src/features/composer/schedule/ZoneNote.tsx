import type { ReactNode } from 'react'
import { useUser } from '../../../client/people.ts'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { displayName, otherOf } from '../../../store/names.ts'
import type { Id } from '../../../store/state.ts'
import css from '../Composer.module.css'

type Zone = Partial<Record<'useAutomaticTimezone' | 'automaticTimezone' | 'manualTimezone', string>>

/** What time (ms) it is then for the other one of a direct message; nothing where that is the same as mine. */
export function ZoneNote({ channelId, at }: { channelId: Id; at: number }): ReactNode {
  const t = useText()
  const otherId = useStore(({ channels, me, ...state }) => {
    const channel = channels[channelId]
    const other = channel?.type === 'D' ? otherOf({ ...state, channels, me }, channel.name) : ''
    return other === me ? '' : other
  })
  const name = useStore((state) => displayName(state, otherId))
  const zone = useUser(otherId)?.timezone as Zone | undefined
  const theirs = zone?.useAutomaticTimezone === 'false' ? zone.manualTimezone : zone?.automaticTimezone
  if (!otherId || !theirs || Number.isNaN(at)) return null
  const time = timeIn(t.locale, theirs, at)
  if (!time || time === timeIn(t.locale, t.intl.timeZone, at)) return null
  return <p className={css['zone']}>{t('composer.their_time', 'For {name} it is {time} then.', { name, time })}</p>
}

/** Null for zones that this browser does not know. */
function timeIn(locale: string, timeZone: string | undefined, at: number): string | null {
  try {
    const options = { weekday: 'long', hour: 'numeric', minute: '2-digit' } as const
    return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(at)
  } catch {
    return null
  }
}
