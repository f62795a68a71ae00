import { memo } from 'react'
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { useShallow } from 'zustand/react/shallow'
import { useStore } from '../../client/store.ts'
import { showSidebar } from '../../shell/layout/layout.ts'
import { useText } from '../../shell/i18n.tsx'
import { togglePanel, useTopPanel } from '../../shell/panels.ts'
import { collapsesThreads } from '../../store/posts.ts'
import type { Id, State } from '../../store/state.ts'
import { unreadThreadsOf } from '../../store/unread.ts'
import { CountBadge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/Icon.tsx'
import { AtSign, Bookmark, MessageSquareText, Pencil } from '../../ui/icons.ts'
import type { LucideIcon } from '../../ui/icons.ts'
import { tooltip } from '../../ui/Tooltip.tsx'
import css from './Sidebar.module.css'

/** The entries above the channels: threads that I follow, and what I have not sent yet. */
export const SidebarEntries = memo(function SidebarEntries({ teamId }: { teamId: Id }): ReactNode {
  const t = useText()
  const team = useStore((state) => state.teams[teamId]?.name)
  const collapsed = useStore(collapsesThreads)
  const threads = useStore(useShallow((state) => unreadThreadsOf(state, teamId)))
  const drafts = useStore((state) => unsentIn(state, teamId))
  return (
    <ul className={css['entries']}>
      {collapsed && (
        <li className={cx(css['row'], threads.unread && css['unread'])}>
          <NavLink to={`/${team}/threads`} className={entryClass} onClick={() => showSidebar(false)}>
            <span className={css['icon']}>
              <Icon icon={MessageSquareText} />
            </span>
            <span className={css['name']}>{t('sidebar.threads', 'Threads')}</span>
            <CountBadge count={threads.mentions} tone="mention" />
          </NavLink>
        </li>
      )}
      <PanelEntry kind="mentions" icon={AtSign} shortcut="Ctrl+Shift+M">
        {t('shortcuts.mentions', 'Recent mentions')}
      </PanelEntry>
      <PanelEntry kind="saved" icon={Bookmark} shortcut="Ctrl+Shift+S">
        {t('shortcuts.saved', 'Saved messages')}
      </PanelEntry>
      {drafts > 0 && (
        <li className={css['row']}>
          <NavLink to={`/${team}/drafts`} className={entryClass} onClick={() => showSidebar(false)}>
            <span className={css['icon']}>
              <Icon icon={Pencil} />
            </span>
            <span className={css['name']}>{t('sidebar.drafts', 'Drafts and scheduled')}</span>
            <CountBadge count={drafts} />
          </NavLink>
        </li>
      )}
    </ul>
  )
})

interface PanelEntryProps {
  readonly kind: 'mentions' | 'saved'
  readonly icon: LucideIcon
  readonly shortcut: string
  readonly children: string
}

/** An entry that opens a list on the right side, beside whatever is read. */
function PanelEntry({ kind, icon, shortcut, children }: PanelEntryProps): ReactNode {
  const isOpen = useTopPanel()?.kind === kind
  const open = (): void => {
    showSidebar(false)
    togglePanel({ kind })
  }
  return (
    <li className={css['row']}>
      <button
        type="button"
        className={cx(css['link'], isOpen && css['active'])}
        aria-pressed={isOpen}
        onClick={open}
        {...tooltip(children, { shortcut, side: 'right' })}
      >
        <span className={css['icon']}>
          <Icon icon={icon} />
        </span>
        <span className={css['name']}>{children}</span>
      </button>
    </li>
  )
}

const entryClass = ({ isActive }: { isActive: boolean }): string => cx(css['link'], isActive && css['active'])

/** How much I have begun or planned in a team or in direct messages. */
function unsentIn(state: State, teamId: Id): number {
  const isHere = ({ channel_id: id }: { channel_id: Id }): boolean => {
    const channel = state.channels[id]
    return Boolean(channel && (channel.team_id === teamId || channel.team_id === ''))
  }
  const drafts = Object.values(state.drafts).filter((one) => isHere(one) && (one.message || one.file_ids?.length))
  return drafts.length + Object.values(state.scheduledPosts).filter(isHere).length
}
