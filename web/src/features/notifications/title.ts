import { useStore } from '../../client/store.ts'
import { currentText } from '../../shell/i18n.tsx'
import { usePlace } from '../../shell/place.ts'
import type { Place } from '../../shell/place.ts'
import { channelName } from '../../store/names.ts'
import type { State } from '../../store/state.ts'
import { unreadInAll } from '../../store/unread.ts'
import { showBadge } from './badge.ts'
import { titleOf } from './title-text.ts'

/** News come in bursts: title and icon follow this much (ms) later. Timers run in hidden windows too. */
const PAUSE = 100

/** Keeps title and icon of the window in step with where the reader is and what is unread. */
export function followTitle(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const draw = (): void => {
    timer = undefined
    const state = useStore.getState()
    if (!state.me) return
    const unread = unreadInAll(state)
    showBadge(unread)
    const place = placeName(state, usePlace.getState())
    if (place) setTitle(titleOf(place, unread))
  }
  const soon = (): void => void (timer ??= setTimeout(draw, PAUSE))
  useStore.subscribe(soon)
  usePlace.subscribe(soon)
  soon()
}

function setTitle(title: string): void {
  if (document.title !== title) document.title = title
}

/** Where the reader is, in words; '' on pages outside of teams, which have titles of their own. */
function placeName(state: State, { teamId, channelId }: Place): string {
  const team = state.teams[teamId]
  if (!team || !location.pathname.includes(`/${team.name}`)) return ''
  return `${channelName(state, channelId) || pageName()} - ${team.display_name}`
}

function pageName(): string {
  const t = currentText()
  if (location.pathname.includes('/threads')) return t('notifications.threads', 'Threads')
  if (/\/(drafts|scheduled_posts)$/.test(location.pathname)) return t('notifications.drafts', 'Drafts')
  return t('notifications.conversation', 'Conversation')
}
