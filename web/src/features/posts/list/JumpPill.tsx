import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { getState, useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { ChannelPosts } from '../../../store/entities.ts'
import { counts } from '../../../store/posts.ts'
import type { Id } from '../../../store/state.ts'
import { Button } from '../../../ui/Button.tsx'
import { ArrowDown } from '../../../ui/icons.ts'
import css from './JumpPill.module.css'

interface Props {
  readonly channelId: Id
  readonly stretch: ChannelPosts
  /** the newest post is in view */
  readonly atEnd: boolean
  readonly onJump: () => void
}

/** A quiet way to the newest post while the reader looks at older ones; says how many came in the meantime. */
export function JumpPill({ channelId, stretch, atEnd, onJump }: Props): ReactNode {
  const t = useText()
  const lastPostAt = useStore((state) => state.channels[channelId]?.last_post_at ?? 0)
  const [leftAt, setLeftAt] = useState(lastPostAt)
  useEffect(() => {
    if (atEnd) setLeftAt(lastPostAt)
  }, [atEnd, lastPostAt])
  if (atEnd) return null
  const count = stretch.reachesNewest ? countAfter(stretch, leftAt) : 0
  const isNew = count > 0 || lastPostAt > leftAt
  return (
    <div className={css['place']}>
      <Button size="s" icon={ArrowDown} onPress={onJump} className={isNew ? css['new'] : css['pill']}>
        {count > 0
          ? t('posts.new_count', '{count, plural, one {# new} other {# new}}', { count })
          : isNew
            ? t('posts.new_messages', 'New messages')
            : t('posts.jump_recent', 'Jump to recent')}
      </Button>
    </div>
  )
}

function countAfter({ order }: ChannelPosts, at: number): number {
  const { posts, me } = getState()
  const end = order.findIndex((id) => (posts[id]?.create_at ?? 0) <= at)
  const newer = end < 0 ? order : order.slice(0, end)
  return newer.filter((id) => posts[id] && posts[id].user_id !== me && counts(posts[id])).length
}
