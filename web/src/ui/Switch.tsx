import { useId } from 'react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Choice.module.css'

export interface SwitchProps {
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  description?: ReactNode
  className?: string
  children: ReactNode
}

/** On or off, with effect at once. Label at the left, switch at the right end of the line. */
export function Switch(props: SwitchProps): ReactNode {
  const id = useId()
  return (
    <div className={cx(styles.choice, styles.reversed, props.className)}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={props.checked}
        disabled={props.disabled}
        aria-describedby={props.description ? `${id}-note` : undefined}
        onChange={(event) => props.onChange(event.target.checked)}
        className={styles.switch}
      />
      <label htmlFor={id} className={styles.label}>
        {props.children}
      </label>
      {props.description && (
        <div id={`${id}-note`} className={styles.description}>
          {props.description}
        </div>
      )}
    </div>
  )
}
