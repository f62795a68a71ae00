import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { useDates } from '../../shell/dates.ts'
import { useText } from '../../shell/i18n.tsx'
import { displayName, otherOf } from '../../store/names.ts'
import type { Id, State } from '../../store/state.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Moon } from '../../ui/icons.ts'
import { isNight, zoneOf } from './local-time.ts'
import css from './Person.module.css'

const MINUTE = 60_000

/** In a direct message: that it is night where the other one lives. Nothing else, and nothing about people who share the reader's night. */
export function LateHour({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const dates = useDates()
  const userId = useStore((state) => otherPerson(state, channelId))
  const zone = useStore((state) => zoneOf(state.users[userId]))
  const name = useStore((state) => displayName(state, userId))
  const now = useNow()
  if (!zone || !isNight(zone, now)) return null
  const time = dates.timeIn(zone, now)
  if (time === dates.time(now)) return null
  return (
    <span className={css['late']}>
      <Icon icon={Moon} size="s" />
      {t('people.late_hour', 'It is {time} where {name} is.', { time, name })}
    </span>
  )
}

/** Whom a direct message is with; '' for programs, people who have left, myself and other channels. */
function otherPerson(state: State, channelId: Id): Id {
  const channel = state.channels[channelId]
  if (channel?.type !== 'D') return ''
  const id = otherOf(state, channel.name)
  const user = state.users[id]
  return !user || user.is_bot || user.delete_at > 0 || id === state.me ? '' : id
}

/** The present minute (ms), followed. */
function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE)
    return () => clearInterval(timer)
  }, [])
  return now
}
