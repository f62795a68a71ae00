import { useMemo, useRef } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useStore } from '../../client/store.ts'
import { usePreference } from '../../client/preferences.ts'
import { usePlace } from '../../shell/place.ts'
import { sidebarOf } from '../../store/sidebar.ts'
import type { SidebarGroup } from '../../store/sidebar.ts'
import type { Id, State } from '../../store/state.ts'
import { unreadOf } from '../../store/unread.ts'
import { create } from 'zustand'

/** Whether only what is unread is listed. */
export const useUnreadFilter = create<{ readonly on: boolean }>()(() => ({ on: false }))

export interface SidebarContent {
  /** shown in a section of their own, when I want that */
  readonly unread: readonly Id[]
  readonly groups: readonly SidebarGroup[]
}

/** What the sidebar lists now. */
export function useSidebar(teamId: Id): SidebarContent {
  const channelId = usePlace((place) => place.channelId)
  const filter = useUnreadFilter(({ on }) => on)
  const section = usePreference('sidebar_settings', 'show_unread_section', 'false') === 'true'
  const parts = useStore(useShallow(partsOf))
  // What was unread when it was opened stays in its place until the next channel is opened.
  const opened = useRef<Id>('')
  return useMemo(() => {
    const state = parts as unknown as State
    const groups = sidebarOf(state, teamId, channelId)
    if (!filter && !section) return { unread: [], groups }
    const isUnread = (id: Id): boolean => unreadOf(state, id).unread || (id === channelId && opened.current === id)
    const unread = groups.flatMap(({ channelIds }) => channelIds).filter(isUnread)
    opened.current = unread.includes(channelId) ? channelId : ''
    if (filter) return { unread, groups: [] }
    const listed = new Set(unread)
    const rest = groups.map((group) => ({ ...group, channelIds: group.channelIds.filter((id) => !listed.has(id)) }))
    return { unread, groups: rest }
  }, [parts, teamId, channelId, filter, section])
}

/** The parts of the state that the sidebar depends on. */
const partsOf = ({
  me,
  config,
  users,
  channels,
  channelMembers,
  channelCounts,
  categories,
  categoryOrder,
  preferences,
}: State) => ({
  me,
  config,
  users,
  channels,
  channelMembers,
  channelCounts,
  categories,
  categoryOrder,
  preferences,
})
