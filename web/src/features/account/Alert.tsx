import type { ReactNode } from 'react'
import css from './Account.module.css'

/** What went wrong, read out at once; nothing while `text` is empty. */
export function Alert({ text }: { text: string }): ReactNode {
  if (text === '') return null
  return (
    <p role="alert" className={css['alert']}>
      {text}
    </p>
  )
}
