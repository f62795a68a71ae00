import { useState } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'
import { Button } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { CircleAlert } from '../../../ui/icons.ts'
import { discardPost, retryPost } from '../send-post.ts'
import { refusalOf } from '../unsent-posts.ts'
import css from './Post.module.css'

/** Below a post that was not sent: why, and the two ways on. */
export function UnsentNote({ post }: { post: Post }): ReactNode {
  const t = useText()
  const [pending, setPending] = useState(false)
  const retry = (): void => {
    setPending(true)
    void retryPost(post.id).finally(() => setPending(false))
  }
  return (
    <div className={css['failed']} role="status">
      <Icon icon={CircleAlert} />
      <span>{refusalOf(post.id) || t('posts.not_sent', 'Not sent: the server was not reached.')}</span>
      <Button size="s" pending={pending} onPress={retry}>
        {t('posts.retry', 'Send again')}
      </Button>
      <Button size="s" variant="quiet" onPress={() => discardPost(post.id)}>
        {t('posts.discard', 'Discard')}
      </Button>
    </div>
  )
}
