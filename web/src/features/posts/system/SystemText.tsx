import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'
import { MessageText } from '../post/MessageText.tsx'
import { systemText } from './system-text.ts'

/** What a message of the server says, in the reader's words; the server's own where there are none. */
export function SystemText({ post }: { post: Post }): ReactNode {
  const t = useText()
  return <MessageText post={post} text={systemText(t, post) || post.message} />
}
