import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { update, useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { needUsers } from '../../../store/change.ts'
import type { Post } from '../../../store/entities.ts'
import type { Id } from '../../../store/state.ts'
import { MessageText } from '../post/MessageText.tsx'
import { systemText } from './system-text.ts'

/** What a message of the server says, in the reader's words; the server's own where there are none. */
export function SystemText({ post }: { post: Post }): ReactNode {
  const t = useText()
  if (post.type === 'system_gm_to_channel') return <ConvertedText post={post} />
  return <MessageText post={post} text={systemText(t, post) || post.message} />
}

const NOBODY: readonly Id[] = []

/** A group message became a channel: the people are told by their ids. */
function ConvertedText({ post }: { post: Post }): ReactNode {
  const t = useText()
  const by = post.props['convertedByUserId'] as Id | undefined
  const ids = (post.props['gmMembersDuringConversionIDs'] as readonly Id[] | undefined) ?? NOBODY
  useEffect(() => update((state) => needUsers(state, ...ids)), [ids])
  const names = useStore(useShallow((state) => ids.map((id) => state.users[id]?.username ?? '')))
  const user = names[ids.indexOf(by ?? '')]
  if (!user || names.includes('')) return <MessageText post={post} />
  const users = t.intl.formatList(names.filter((name) => name !== user).map((name) => `@${name}`))
  const words = t('system.converted', '{user} made this channel from a group message with {users}.', {
    user: `@${user}`,
    users,
  })
  return <MessageText post={post} text={words} />
}
