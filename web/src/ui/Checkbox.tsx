import type { ReactNode } from 'react'
import { useId } from 'react'
import { cx } from './cx.ts'
import styles from './Choice.module.css'

export interface CheckboxProps {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Some of what it stands for is chosen, some not. */
  indeterminate?: boolean
  disabled?: boolean
  description?: ReactNode
  error?: string
  autoFocus?: boolean
  name?: string
  className?: string
  children: ReactNode
}

/** One thing that holds or does not, taken over with the rest of a form. At once: Switch. */
export function Checkbox({ indeterminate, ...props }: CheckboxProps): ReactNode {
  const id = useId()
  const note = props.error ?? props.description
  return (
    <div className={cx(styles.choice, props.className)}>
      <input
        ref={(element) => {
          if (element) element.indeterminate = indeterminate ?? false
        }}
        id={id}
        type="checkbox"
        name={props.name}
        checked={props.checked}
        disabled={props.disabled}
        autoFocus={props.autoFocus}
        aria-describedby={note ? `${id}-note` : undefined}
        aria-invalid={props.error ? true : undefined}
        onChange={(event) => props.onChange(event.target.checked)}
        className={cx(styles.control, styles.checkbox)}
      />
      <label htmlFor={id} className={styles.label}>
        {props.children}
      </label>
      {note && (
        <div id={`${id}-note`} className={props.error ? styles.error : styles.description}>
          {note}
        </div>
      )}
    </div>
  )
}
