import type { ReactNode } from 'react'
import { request } from '../../../client/api.ts'
import { getState, update, useStore } from '../../../client/store.ts'
import { useDates } from '../../../shell/dates.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'
import { displayName } from '../../../store/names.ts'
import type { Id, Table } from '../../../store/state.ts'
import { Button } from '../../../ui/Button.tsx'
import { CircleCheck } from '../../../ui/icons.ts'
import { Popover, PopoverTrigger } from '../../../ui/Popover.tsx'
import { useUser } from '../../../client/people.ts'
import { putFull } from '../../../store/posts.ts'
import { showFailure } from '../../../shell/failure.ts'
import css from './Acknowledgements.module.css'

/** ms in which an acknowledgement can be taken back (behaviours of the reference, "Acknowledgement") */
const UNDO_TIME = 5 * 60_000
const NONE: Table<number> = {}

/** The button to acknowledge a post that asks for it, and who did. */
export function Acknowledgements({ post }: { post: Post }): ReactNode {
  const t = useText()
  const me = useStore((state) => state.me)
  const all = useStore((state) => state.acknowledgements[post.id] ?? NONE)
  const count = Object.keys(all).length
  const mine = all[me]
  const own = post.user_id === me
  const undoable = mine !== undefined && Date.now() - mine < UNDO_TIME
  const label = mine ? t('posts.acknowledged', 'Acknowledged') : t('posts.acknowledge', 'Acknowledge')
  return (
    <div className={css['row']}>
      {!own && (
        <Button
          size="s"
          variant={mine ? 'quiet' : 'secondary'}
          icon={CircleCheck}
          aria-pressed={mine !== undefined}
          disabled={mine !== undefined && !undoable}
          onPress={() => void acknowledge(post.id, mine === undefined)}
        >
          {label}
        </Button>
      )}
      {count > 0 ? (
        <PopoverTrigger>
          <Button
            size="s"
            variant="quiet"
            className={own ? css['first'] : undefined}
            icon={own ? CircleCheck : undefined}
          >
            {t('posts.acknowledged_by', '{count, plural, one {# person} other {# people}} acknowledged', { count })}
          </Button>
          <Popover label={t('posts.acknowledged_list', 'Who acknowledged')}>
            <ul className={css['list']}>
              {Object.entries(all)
                .toSorted((a, b) => b[1] - a[1])
                .map(([id, at]) => (
                  <Who key={id} userId={id} at={at} />
                ))}
            </ul>
          </Popover>
        </PopoverTrigger>
      ) : (
        own && <span className={css['none']}>{t('posts.nobody_acknowledged', 'Nobody has acknowledged yet')}</span>
      )}
    </div>
  )
}

function Who({ userId, at }: { userId: Id; at: number }): ReactNode {
  const dates = useDates()
  useUser(userId)
  const name = useStore((state) => displayName(state, userId))
  return (
    <li className={css['who']}>
      <span>{name}</span>
      <time dateTime={new Date(at).toISOString()}>{dates.short(at)}</time>
    </li>
  )
}

/** At once on the screen; put back when the server refuses. */
async function acknowledge(postId: Id, on: boolean): Promise<void> {
  const { me, acknowledgements } = getState()
  const before = acknowledgements[postId] ?? NONE
  const { [me]: _, ...others } = before
  const set = (value: Table<number>): void =>
    update((state) => ({ ...state, acknowledgements: putFull(state.acknowledgements, postId, value) }))
  set(on ? { ...others, [me]: Date.now() } : others)
  try {
    await request(on ? 'POST' : 'DELETE', `/users/me/posts/${postId}/ack`)
  } catch (error) {
    set(before)
    showFailure(error)
  }
}
