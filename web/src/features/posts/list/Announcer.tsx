import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { onEvent } from '../../../client/live.ts'
import { getState } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { collapsesThreads } from '../../../store/posts.ts'
import { displayName } from '../../../store/names.ts'
import type { Id } from '../../../store/state.ts'
import { plainText } from '../../markdown/plain-text.ts'
import css from './PostList.module.css'

/** Longer texts are cut: whoever listens can go to the post. */
const MOST = 300

/** Says new posts of others to those who hear the page. */
export function Announcer({ channelId, rootId }: { channelId: Id; rootId: Id }): ReactNode {
  const t = useText()
  const [said, setSaid] = useState('')
  useEffect(
    () =>
      onEvent('posted', (message) => {
        const raw: { id: Id; channel_id: Id; root_id: Id; user_id: Id; message: string } = JSON.parse(message.data.post)
        const state = getState()
        const here = raw.channel_id === channelId && (rootId ? raw.root_id === rootId : belongs(raw.root_id))
        if (!here || raw.user_id === state.me) return
        const text = plainText(raw.message).slice(0, MOST)
        setSaid(t('posts.said', '{name}: {text}', { name: displayName(state, raw.user_id), text }))
      }),
    [channelId, rootId, t],
  )
  return (
    <div className={css['said']} role="log" aria-live="polite" aria-label={t('posts.new_messages', 'New messages')}>
      {said}
    </div>
  )
}

/** Replies are news of the channel only for those who see them in it. */
const belongs = (rootId: Id): boolean => rootId === '' || !collapsesThreads(getState())
