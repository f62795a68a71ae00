import { useEffect, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { holdPosts } from '../../client/held-posts.ts'
import { useStore } from '../../client/store.ts'
import { useDates } from '../../shell/dates.ts'
import { useText } from '../../shell/i18n.tsx'
import { channelName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import type { Highlight } from '../markdown/highlight-terms.ts'
import { PostMenuArea } from '../posts/actions/PostMenuArea.tsx'
import { moveFocus } from '../posts/list/move-focus.ts'
import { FoundBy } from '../posts/post/MessageText.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { ChannelIcon } from '../sidebar/ChannelIcon.tsx'
import { groupResults } from './group-results.ts'
import { ListEnd } from './ListEnd.tsx'
import { ResultPost } from './ResultPost.tsx'
import css from './Search.module.css'
import type { Pages } from './use-pages.ts'

interface Props {
  /** what the list is, for those who hear it */
  readonly label: string
  readonly pages: Pages<Id>
  /** instead of those of the pages: what is shown now */
  readonly ids?: readonly Id[]
  /** what was searched for; the same array as long as it is the same */
  readonly highlights?: readonly Highlight[]
  /** all of it is of one channel */
  readonly oneChannel?: boolean
  /** instead of the list when nothing is in it */
  readonly empty: ReactNode
}

const NONE: readonly Highlight[] = []

/** Posts of many channels, in groups of one channel and day. They follow what happens to them; deleted ones leave. */
export function PostResults({
  label,
  pages,
  ids = pages.items,
  highlights = NONE,
  oneChannel = false,
  empty,
}: Props): ReactNode {
  const t = useText()
  const list = useRef<HTMLDivElement>(null)
  const dates = useDates()
  const there = useStore(useShallow((state) => ids.filter((id) => state.posts[id])))
  useEffect(() => holdPosts(ids), [ids])
  const places = useStore(
    useShallow((state) => there.map((id) => `${state.posts[id]!.channel_id} ${state.posts[id]!.create_at}`)),
  )
  const groups = useMemo(() => groupResults(there, places, (at) => dates.dayKey(at)), [there, places, dates])
  if (there.length === 0 && pages.complete) return empty
  return (
    <PostMenuArea place="search" className={css['scroller']}>
      <div
        ref={list}
        role="region"
        aria-label={label}
        aria-busy={pages.loading}
        className={css['results']}
        onKeyDown={(event) => list.current && moveFocus(event, list.current)}
      >
        <FoundBy value={highlights}>
          {groups.map((group) => (
            <section key={group.ids[0]} className={css['group']}>
              <GroupTitle channelId={group.channelId} at={group.at} oneChannel={oneChannel} />
              {group.ids.map((id) => (
                <ResultPost key={id} postId={id} />
              ))}
            </section>
          ))}
        </FoundBy>
      </div>
      <VisuallyHidden>
        <div role="status">
          {!pages.loading &&
            t('search.count', '{count, plural, one {# message} other {# messages}}', { count: there.length })}
        </div>
      </VisuallyHidden>
      <ListEnd pages={pages} />
    </PostMenuArea>
  )
}

function GroupTitle({ channelId, at, oneChannel }: { channelId: Id; at: number; oneChannel: boolean }): ReactNode {
  const t = useText()
  const dates = useDates()
  const name = useStore((state) => channelName(state, channelId))
  const team = useStore((state) =>
    Object.keys(state.teams).length > 1
      ? state.teams[state.channels[channelId]?.team_id ?? '']?.display_name
      : undefined,
  )
  const archived = useStore((state) => (state.channels[channelId]?.delete_at ?? 0) > 0)
  return (
    <h3 className={css['groupTitle']}>
      {!oneChannel && (
        <>
          <ChannelIcon channelId={channelId} />
          <span className={css['channel']}>{name}</span>
          {team && <span className={css['detail']}>{team}</span>}
          {archived && <span className={css['detail']}>{t('channels.archived', 'Archived')}</span>}
        </>
      )}
      <span className={css['day']}>{dates.day(at)}</span>
    </h3>
  )
}
