import { useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { preference } from '../../../client/preferences.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Id } from '../../../store/state.ts'
import { Button } from '../../../ui/Button.tsx'
import { ArrowUp } from '../../../ui/icons.ts'
import { loadUnread } from './load-channel.ts'
import type { PostListHandle } from './PostList.tsx'
import css from './JumpPill.module.css'

interface Props {
  readonly channelId: Id
  /** the first unread post, if it is loaded */
  readonly unreadId: Id | undefined
  readonly isUnread: boolean
  readonly list: RefObject<PostListHandle | null>
}

/** For readers who prefer to open channels at the newest post: the way up to where they left off. */
export function UnreadPill({ channelId, unreadId, isUnread, list }: Props): ReactNode {
  const t = useText()
  const [shown, setShown] = useState(
    () => preference('advanced_settings', 'unread_scroll_position') === 'start_from_newest',
  )
  if (!shown || !isUnread) return null
  const jump = (): void => {
    setShown(false)
    if (unreadId) list.current?.scrollToRow(unreadId)
    else void loadUnread(channelId).catch(() => setShown(true))
  }
  return (
    <div className={css['above']}>
      <Button size="s" icon={ArrowUp} onPress={jump} className={css['pill']}>
        {t('posts.to_unread', 'Go to the first unread message')}
      </Button>
    </div>
  )
}
