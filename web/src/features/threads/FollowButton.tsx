import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Id } from '../../store/state.ts'
import { Button } from '../../ui/Button.tsx'
import { tooltip } from '../../ui/Tooltip.tsx'
import { followThread } from './follow-thread.ts'

/** Follows a thread, or stops to. */
export function FollowButton({ rootId }: { rootId: Id }): ReactNode {
  const t = useText()
  const following = useStore((state) => state.threads[rootId]?.following ?? false)
  const known = useStore((state) => state.posts[rootId] !== undefined)
  if (!known) return null
  return (
    <Button
      size="s"
      variant={following ? 'quiet' : 'secondary'}
      aria-pressed={following}
      onPress={() => void followThread(rootId, !following)}
      {...tooltip(t('threads.follow_hint', 'You hear of new replies in threads you follow'))}
    >
      {following ? t('posts.following', 'Following') : t('posts.follow', 'Follow')}
    </Button>
  )
}
