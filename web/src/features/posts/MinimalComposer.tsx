import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Id } from '../../store/state.ts'
import { sendPost } from './send-post.ts'

export function MinimalComposer({ channelId, rootId }: { channelId: Id; rootId: Id }): ReactNode {
  const [message, setMessage] = useState('')
  return (
    <form
      style={{ padding: 12 }}
      onSubmit={(event) => {
        event.preventDefault()
        if (!message.trim()) return
        void sendPost({ channelId, rootId, message })
        setMessage('')
      }}
    >
      <input
        aria-label="Message"
        value={message}
        onChange={(event) => setMessage(event.target.value)}
        style={{ width: '100%', border: '1px solid var(--line-strong)', borderRadius: 8, padding: 8 }}
      />
    </form>
  )
}
