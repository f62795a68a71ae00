import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { Markdown } from '../markdown/Markdown.tsx'
import { useMessageContext } from '../posts/post/message-context.tsx'
import css from './Composer.module.css'

/** The message as others will see it. */
export function Preview({
  text,
  onKey,
}: {
  text: string
  onKey: (event: KeyboardEvent<HTMLElement>) => void
}): ReactNode {
  const t = useText()
  const context = useMessageContext()
  const view = useRef<HTMLDivElement>(null)
  useEffect(() => view.current?.focus(), [])
  return (
    <div
      ref={view}
      tabIndex={0}
      role="region"
      aria-label={t('composer.preview', 'Preview')}
      className={css['preview']}
      onKeyDown={onKey}
    >
      <Markdown text={text} context={context} />
    </div>
  )
}
