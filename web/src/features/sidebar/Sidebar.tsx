import { memo, useCallback, useRef } from 'react'
import type { ReactNode } from 'react'
import { readingOrder } from '../../store/sidebar.ts'
import type { Id } from '../../store/state.ts'
import { showSidebar, useLayout } from '../../shell/layout/layout.ts'
import { useText } from '../../shell/i18n.tsx'
import { useShortcut } from '../../shell/keyboard.ts'
import { usePlace } from '../../shell/place.ts'
import { Button } from '../../ui/Button.tsx'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { CheckCheck } from '../../ui/icons.ts'
import { Resizer } from '../../ui/Resizer.tsx'
import { MeMenu } from '../people/MeMenu.tsx'
import { CategorySection } from './CategorySection.tsx'
import { ChannelMenuItems } from './ChannelMenu.tsx'
import { ChannelRow } from './ChannelRow.tsx'
import { SidebarEntries } from './SidebarEntries.tsx'
import { SidebarHeader } from './SidebarHeader.tsx'
import { SidebarSkeleton } from './SidebarSkeleton.tsx'
import css from './Sidebar.module.css'
import { openNeighbour } from './open-neighbour.ts'
import { useSidebar, useUnreadFilter } from './use-sidebar.ts'
import type { SidebarContent } from './use-sidebar.ts'

interface Props {
  readonly teamId: Id
  /** the channels are on their way */
  readonly isLoading: boolean
  /** they could not be fetched */
  readonly failed: boolean
}

// The same element each time: it is not drawn anew when another channel comes into view.
const MYSELF = <MeMenu />

/** The column of channels: team and new things above, entries of the team, then the categories. */
export const Sidebar = memo(function Sidebar({ teamId, isLoading, failed }: Props): ReactNode {
  const t = useText()
  const content = useSidebar(teamId)
  const width = useLayout(({ sidebarWidth }) => sidebarWidth)
  const list = useRef<HTMLDivElement>(null)
  useSidebarShortcuts(content)
  return (
    <>
      <SidebarHeader teamId={teamId} />
      <div ref={list} className={css['scroll']} data-region-focus tabIndex={-1}>
        <SidebarEntries teamId={teamId} />
        {failed && (
          <ErrorNotice
            title={t('sidebar.failed', 'The channels could not be loaded')}
            action={{ label: t('shell.try_again', 'Try again'), onPress: () => location.reload() }}
          />
        )}
        {isLoading && !failed ? <SidebarSkeleton /> : <Channels teamId={teamId} content={content} />}
      </div>
      {MYSELF}
      <Resizer
        label={t('sidebar.width', 'Width of the list of channels')}
        edge="right"
        value={width}
        min={220}
        max={360}
        onChange={(sidebarWidth) => useLayout.setState({ sidebarWidth })}
        onReset={() => useLayout.setState({ sidebarWidth: 264 })}
        className={css['resizer']}
      />
    </>
  )
})

function Channels({ teamId, content: { unread, groups } }: { teamId: Id; content: SidebarContent }): ReactNode {
  const t = useText()
  const filter = useUnreadFilter(({ on }) => on)
  if (filter && unread.length === 0) {
    return (
      <EmptyState
        icon={CheckCheck}
        title={t('sidebar.all_read', 'You have read everything')}
        action={
          <Button onPress={() => useUnreadFilter.setState({ on: false })}>
            {t('sidebar.show_all', 'Show all channels')}
          </Button>
        }
      />
    )
  }
  const menuOf = (target: Element): ReactNode => {
    const id = target.closest('[data-channel]')?.getAttribute('data-channel')
    return id ? <ChannelMenuItems channelId={id} teamId={teamId} /> : null
  }
  return (
    <ContextMenu label={t('sidebar.channel_menu', 'Options of the channel')} items={menuOf}>
      {unread.length > 0 && (
        <section className={css['category']} aria-label={t('sidebar.unreads', 'Unread')}>
          <h2 className={css['heading']}>{t('sidebar.unreads', 'Unread')}</h2>
          <ul>
            {unread.map((id) => (
              <ChannelRow key={id} channelId={id} teamId={teamId} />
            ))}
          </ul>
        </section>
      )}
      {groups.map((group) => (
        <CategorySection key={group.category.id} group={group} />
      ))}
    </ContextMenu>
  )
}

/** Alt+arrows go through the list, with Shift through what is unread. */
function useSidebarShortcuts({ unread, groups }: SidebarContent): void {
  const ids = [...unread, ...readingOrder(groups)]
  const known = useRef(ids)
  known.current = ids
  const go = (step: 1 | -1, onlyUnread: boolean) => (): void => {
    openNeighbour(known.current, usePlace.getState().channelId, step, onlyUnread)
    showSidebar(false)
  }
  // The functions read what is current through the ref.
  /* oxlint-disable react/exhaustive-deps */
  useShortcut('alt+ArrowDown', useCallback(go(1, false), []))
  useShortcut('alt+ArrowUp', useCallback(go(-1, false), []))
  useShortcut('alt+shift+ArrowDown', useCallback(go(1, true), []))
  useShortcut('alt+shift+ArrowUp', useCallback(go(-1, true), []))
  useShortcut(
    'mod+shift+u',
    useCallback(() => useUnreadFilter.setState(({ on }) => ({ on: !on })), []),
  )
}
