import { useId } from 'react'
import type { ReactNode } from 'react'
import css from './Settings.module.css'

interface Props {
  readonly title: string
  readonly description?: ReactNode
  readonly children: ReactNode
}

/** Settings that belong together, under a heading. */
export function Section({ title, description, children }: Props): ReactNode {
  const id = useId()
  return (
    <section className={css['section']} aria-labelledby={id}>
      <h3 id={id} className={css['heading']}>
        {title}
      </h3>
      {description && <p className={css['note']}>{description}</p>}
      <div className={css['controls']}>{children}</div>
    </section>
  )
}

/** A page of the settings: its sections one under another. */
export const Page = ({ children }: { children: ReactNode }): ReactNode => <div className={css['page']}>{children}</div>
