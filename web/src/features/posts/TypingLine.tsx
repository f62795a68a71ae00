import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { update, useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { needUsers } from '../../store/change.ts'
import { displayName } from '../../store/names.ts'
import { draftKey } from '../../store/state.ts'
import type { Id, Table } from '../../store/state.ts'
import { LateHour } from '../people/LateHour.tsx'
import css from './TypingLine.module.css'

/** ms after which somebody who says nothing more has stopped: clients repeat it every five seconds */
const RUNS_OUT = 5_500
const NOBODY: Table<number> = {}
const MOST_NAMES = 3

/** Who is writing here, in a line that is always there, so that nothing moves. */
export function TypingLine({ channelId, rootId }: { channelId: Id; rootId: Id }): ReactNode {
  const t = useText()
  const ids = useTyping(channelId, rootId)
  const names = useStore(useShallow((state) => ids.map((id) => displayName(state, id)).filter(Boolean)))
  const count = names.length
  return (
    // Seen, not said: a screen reader would read it over and over.
    <div className={css['line']}>
      {count > 0 && count <= MOST_NAMES
        ? t('posts.typing', '{count, plural, one {{names} is typing…} other {{names} are typing…}}', {
            count,
            names: t.intl.formatList(names),
          })
        : count > 0 && t('posts.many_typing', 'Several people are typing…')}
      {count === 0 && <LateHour channelId={channelId} />}
    </div>
  )
}

/** Those who said lately that they write. Their count of signs tells that they said it again. */
function useTyping(channelId: Id, rootId: Id): readonly Id[] {
  const signs = useStore((state) => state.typing[draftKey(channelId, rootId)] ?? NOBODY)
  const me = useStore((state) => state.me)
  const [last, setLast] = useState<Table<{ sign: number; at: number }>>({})
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const at = Date.now()
    update((state) => needUsers(state, ...Object.keys(signs)))
    setNow(at)
    setLast((before) =>
      Object.fromEntries(
        Object.entries(signs).map(([id, sign]) => [id, before[id]?.sign === sign ? before[id] : { sign, at }]),
      ),
    )
  }, [signs])
  const ids = Object.keys(signs).filter((id) => id !== me && last[id] && now - last[id].at < RUNS_OUT)
  useEffect(() => {
    if (ids.length === 0) return
    const timer = setTimeout(() => setNow(Date.now()), 1_000)
    return () => clearTimeout(timer)
  })
  return ids
}
