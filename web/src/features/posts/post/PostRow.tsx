import { memo } from 'react'
import type { ReactNode } from 'react'
import { useDates } from '../../../shell/dates.ts'
import { ErrorBoundary } from '../../../shell/ErrorBoundary.tsx'
import { useText } from '../../../shell/i18n.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Trash2 } from '../../../ui/icons.ts'
import type { Row } from '../list/rows.ts'
import { Post } from './Post.tsx'
import type { Place } from './place.ts'
import css from './PostRow.module.css'

interface Props {
  readonly row: Row
  readonly place: Place
  /** a link led here */
  readonly highlight?: boolean
}

/** A row of a list: what stands above a post (its day, "New messages"), and the post. */
export const PostRow = memo(function PostRow({ row, place, highlight }: Props): ReactNode {
  return (
    <div className={css['row']}>
      {row.day !== undefined && <DayLine at={row.day} unread={row.unread} />}
      {row.unread && row.day === undefined && <UnreadLine />}
      {row.deleted ? (
        <DeletedPost />
      ) : (
        <ErrorBoundary variant="line">
          <Post postId={row.key} place={place} first={row.first} highlight={highlight} combined={row.ids} />
        </ErrorBoundary>
      )}
    </div>
  )
}, sameRow)

/** Rows are made anew whenever posts come or go; most of them say the same as before. */
function sameRow(before: Props, after: Props): boolean {
  const [a, b] = [before.row, after.row]
  const same =
    a.key === b.key && a.deleted === b.deleted && a.first === b.first && a.day === b.day && a.unread === b.unread
  return same && a.ids?.join() === b.ids?.join() && before.highlight === after.highlight && before.place === after.place
}

/** What stays of a post that was deleted before the reader's eyes, so that he knows why something is gone. */
function DeletedPost(): ReactNode {
  const t = useText()
  return (
    <div className={css['deleted']}>
      <Icon icon={Trash2} size="s" />
      {t('posts.was_deleted', 'This message was deleted')}
    </div>
  )
}

function DayLine({ at, unread }: { at: number; unread?: boolean }): ReactNode {
  const t = useText()
  const dates = useDates()
  return (
    <div className={css['line']} data-unread={unread}>
      <span className={css['day']}>{dates.day(at)}</span>
      {unread && <span className={css['new']}>{t('posts.new_line', 'New messages')}</span>}
    </div>
  )
}

function UnreadLine(): ReactNode {
  const t = useText()
  return (
    <div className={css['line']} data-unread>
      <span className={css['new']}>{t('posts.new_line', 'New messages')}</span>
    </div>
  )
}
