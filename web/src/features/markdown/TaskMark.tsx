import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Check } from '../../ui/icons.ts'
import styles from './Markdown.module.css'

/** The box of a task in a list. It shows; who wrote the message ticks it there. */
export function TaskMark({ checked }: { checked: boolean }): ReactNode {
  const t = useText()
  return (
    <span
      role="img"
      aria-label={checked ? t('markdown.task_done', 'Done') : t('markdown.task_open', 'To do')}
      className={cx(styles.box, checked && styles.done)}
    >
      {checked && <Icon icon={Check} size="s" />}
    </span>
  )
}
