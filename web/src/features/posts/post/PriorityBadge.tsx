import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'
import { Badge } from '../../../ui/Badge.tsx'

/** That a post is urgent or important. */
export function PriorityBadge({ post }: { post: Post }): ReactNode {
  const t = useText()
  const priority = post.metadata.priority?.priority
  if (priority === 'urgent') return <Badge tone="danger">{t('posts.urgent', 'Urgent')}</Badge>
  if (priority === 'important') return <Badge tone="accent">{t('posts.important', 'Important')}</Badge>
  return null
}
