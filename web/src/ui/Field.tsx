import { useId } from 'react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { useUiTexts } from './ui-texts.ts'
import styles from './Field.module.css'

export interface FieldProps {
  label: string
  /** The label is said but not shown, where the place says it already. */
  hideLabel?: boolean
  /** What to write, under the field. */
  description?: ReactNode
  /** What is wrong, instead of the description. */
  error?: string | undefined
  /** Marks a field that may stay empty, where most must not. */
  optional?: boolean
  /** At the right of the label, for example a count. */
  aside?: ReactNode
  className?: string
}

export interface FieldIds {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** Label above, description or error below; gives the control between its ids. */
export function Field(props: FieldProps & { id?: string; children: (ids: FieldIds) => ReactNode }): ReactNode {
  const texts = useUiTexts()
  const made = useId()
  const id = props.id ?? made
  const note = props.error ?? props.description
  const ids: FieldIds = {
    id,
    'aria-describedby': note ? `${id}-note` : undefined,
    'aria-invalid': props.error ? true : undefined,
  }
  return (
    <div className={cx(styles.field, props.className)}>
      <div className={props.hideLabel ? styles.hidden : cx(styles.head, props.aside ? styles.beside : '')}>
        <label htmlFor={id} className={styles.label}>
          {props.label}
          {props.optional && <span className={styles.optional}> ({texts.optional})</span>}
        </label>
      </div>
      {props.children(ids)}
      {/* Behind the control: Tab goes from field to field first. */}
      {props.aside && !props.hideLabel ? <div className={styles.aside}>{props.aside}</div> : null}
      {note && (
        <div
          id={`${id}-note`}
          role={props.error ? 'alert' : undefined}
          className={props.error ? styles.error : styles.description}
        >
          {note}
        </div>
      )}
    </div>
  )
}
