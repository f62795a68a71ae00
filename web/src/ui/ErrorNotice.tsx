import type { ReactNode } from 'react'
import { Banner } from './Banner.tsx'
import { Button } from './Button.tsx'
import { EmptyState } from './EmptyState.tsx'
import { CloudOff } from './icons.ts'

export interface ErrorNoticeProps {
  /** What happened. */
  title: string
  /** Why, or what to do. */
  text?: ReactNode
  /** The next step, most often to try again. */
  action?: { label: string; onPress: () => void; pending?: boolean }
  /** line: above or among other content. page: instead of it. */
  variant?: 'line' | 'page'
  className?: string
}

/** Something went wrong: says what, and offers the next step. */
export function ErrorNotice({ title, text, action, variant = 'line', className }: ErrorNoticeProps): ReactNode {
  const button = action && (
    <Button size={variant === 'line' ? 's' : 'm'} pending={action.pending} onPress={action.onPress}>
      {action.label}
    </Button>
  )
  if (variant === 'line') {
    return (
      <Banner tone="danger" urgent title={title} action={button} className={className}>
        {text}
      </Banner>
    )
  }
  return (
    <div role="alert" className={className} style={{ display: 'flex', flex: 1 }}>
      <EmptyState icon={CloudOff} title={title} text={text} action={button} />
    </div>
  )
}
