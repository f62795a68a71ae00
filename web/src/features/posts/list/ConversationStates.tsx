import type { ReactNode } from 'react'
import { isUnreachable } from '../../../client/api.ts'
import type { ApiError } from '../../../client/api.ts'
import { useText } from '../../../shell/i18n.tsx'
import { Button } from '../../../ui/Button.tsx'
import { RefreshCw } from '../../../ui/icons.ts'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import css from './ConversationStates.module.css'

const SHAPES = [2, 1, 3, 2, 1, 2]

/** Posts on their way: their shape, which the kit shows only when they take a while. */
export function ConversationSkeleton(): ReactNode {
  const t = useText()
  return (
    <div className={css['skeleton']}>
      {SHAPES.map((lines, at) => (
        <Skeleton key={at} lines={lines} avatar={36} label={at === 0 ? t('posts.loading', 'Loading messages') : ''} />
      ))}
    </div>
  )
}

/** Posts did not come. */
export function LoadFailed({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactNode {
  const t = useText()
  const text = isUnreachable(error)
    ? t('posts.unreachable', 'The server does not answer. The messages come as soon as it does.')
    : (error as ApiError).message
  return (
    <div className={css['failed']} role="alert">
      <h2>{t('posts.load_failed', 'The messages could not be loaded')}</h2>
      <p>{text}</p>
      <Button icon={RefreshCw} onPress={onRetry}>
        {t('posts.load_again', 'Load again')}
      </Button>
    </div>
  )
}
