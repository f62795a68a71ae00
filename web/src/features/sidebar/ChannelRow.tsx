import { memo } from 'react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useStore } from '../../client/store.ts'
import { showSidebar } from '../../shell/layout/layout.ts'
import { useText } from '../../shell/i18n.tsx'
import { channelPath } from '../../shell/navigate.ts'
import { PageLink } from '../../shell/PageLink.tsx'
import { usePlace } from '../../shell/place.ts'
import { channelName } from '../../store/names.ts'
import { draftKey } from '../../store/state.ts'
import type { Id } from '../../store/state.ts'
import { unreadOf } from '../../store/unread.ts'
import { CountBadge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/Icon.tsx'
import { BellOff, Pencil } from '../../ui/icons.ts'
import { ChannelIcon } from './ChannelIcon.tsx'
import { ChannelMenu } from './ChannelMenu.tsx'
import { startDrag } from './drag.ts'
import css from './Sidebar.module.css'

interface Props {
  readonly channelId: Id
  readonly teamId: Id
}

/** One channel of the sidebar. New things make its name strong, a mention adds a filled badge. */
export const ChannelRow = memo(function ChannelRow({ channelId, teamId }: Props): ReactNode {
  const t = useText()
  const name = useStore((state) => channelName(state, channelId))
  const { unread, mentions, muted } = useStore(useShallow((state) => unreadOf(state, channelId)))
  const path = useStore(() => channelPath(channelId, teamId))
  const hasDraft = useStore((state) => Boolean(state.drafts[draftKey(channelId, '')]))
  const current = usePlace((place) => place.channelId === channelId)
  const spoken =
    mentions > 0
      ? t('sidebar.mentions', '{count, plural, one {# mention} other {# mentions}}', { count: mentions })
      : unread
        ? t('sidebar.is_unread', 'unread')
        : ''
  return (
    <li className={cx(css['row'], unread && css['unread'], muted && css['muted'], current && css['current'])}>
      <PageLink
        path={path}
        className={css['link']}
        aria-current={current ? 'page' : undefined}
        aria-label={[name, spoken, muted && t('sidebar.is_muted', 'muted')].filter(Boolean).join(', ')}
        draggable
        onDragStart={(event) => startDrag(event, { channelId })}
        onClick={() => showSidebar(false)}
        data-channel={channelId}
      >
        <span className={css['icon']}>
          <ChannelIcon channelId={channelId} />
        </span>
        <span className={css['name']}>{name}</span>
        {hasDraft && !current && mentions === 0 && <Icon icon={Pencil} size="s" className={css['draft']} />}
        {muted && mentions === 0 && <Icon icon={BellOff} size="s" className={css['quiet']} />}
        <CountBadge count={mentions} tone="mention" />
      </PageLink>
      <ChannelMenu channelId={channelId} teamId={teamId} />
    </li>
  )
})
