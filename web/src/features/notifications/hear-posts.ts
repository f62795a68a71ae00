import type { WebSocketMessage } from '@mattermost/client'
import { onEvent } from '../../client/live.ts'
import { getState, useStore } from '../../client/store.ts'
import type { ServerPost } from '../../store/entities.ts'
import type { Id } from '../../store/state.ts'
import { isWorthNotice } from './decide.ts'
import type { Posted } from './decide.ts'
import { currentView, isSeenElsewhere } from './looking.ts'
import { noticeOf } from './notice.ts'
import { offerNotifications, permission } from './permission.ts'
import { once, showNotice } from './show-notice.ts'
import { playSound, soundFor } from './sounds.ts'

/** How long (ms) a channel that is new to this client may take to be loaded. */
const PATIENCE = 5_000

/** Notifies of new posts, and again of urgent ones that nobody has answered. */
export function notifyOfPosts(): void {
  onEvent('posted', (message) => void hear(message, ''))
  onEvent('persistent_notification_triggered', (message) => void hear(message, String(Date.now())))
}

async function hear({ data }: WebSocketMessage, round: string): Promise<void> {
  const posted = readPosted(data)
  const { post } = posted
  if (!(await isMember(post.channel_id)) || !isWorthNotice(getState(), posted, currentView())) return
  if (await isSeenElsewhere(post)) return
  await once(`notice.${post.id}${round}`, async () => {
    if (permission() === 'default') return offerNotifications()
    const sound = soundFor(getState(), post.channel_id)
    const shown = await showNotice(noticeOf(getState(), posted, data.sender_name ?? ''))
    if (shown && sound) playSound(sound)
  })
}

function readPosted(data: Record<string, string>): Posted {
  const { me } = getState()
  const names = (json: string | undefined): string[] => (json ? JSON.parse(json) : [])
  return {
    post: JSON.parse(data['post']!) as ServerPost,
    channelType: data['channel_type'] ?? 'O',
    mentionsMe: names(data['mentions']).includes(me),
    followed: names(data['followers']).includes(me),
  }
}

/** Waits for a channel that somebody has just opened with me. */
function isMember(channelId: Id): Promise<boolean> {
  const known = (): boolean => Boolean(getState().channelMembers[channelId])
  if (known()) return Promise.resolve(true)
  return new Promise((resolve) => {
    const end = (answer: boolean): void => {
      stop()
      clearTimeout(timer)
      resolve(answer)
    }
    const stop = useStore.subscribe(() => known() && end(true))
    const timer = setTimeout(end, PATIENCE, false)
  })
}
