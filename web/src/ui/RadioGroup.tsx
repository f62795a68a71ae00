import { useId } from 'react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Choice.module.css'

export interface RadioOption<Value extends string> {
  value: Value
  label: ReactNode
  description?: ReactNode
  disabled?: boolean
}

export interface RadioGroupProps<Value extends string> {
  label: string
  hideLabel?: boolean
  description?: ReactNode
  options: readonly RadioOption<Value>[]
  value: Value | undefined
  onChange: (value: Value) => void
  disabled?: boolean
  /** list: one under another. segments: few short words side by side in one bar. */
  variant?: 'list' | 'segments'
  className?: string
}

/** One of a few choices that are all seen. Arrow keys move the choice. */
export function RadioGroup<Value extends string>({ variant = 'list', ...props }: RadioGroupProps<Value>): ReactNode {
  const id = useId()
  return (
    <fieldset
      disabled={props.disabled}
      aria-describedby={props.description ? `${id}-note` : undefined}
      className={cx(styles.group, props.className)}
    >
      <legend className={props.hideLabel ? styles.hidden : styles.legend}>{props.label}</legend>
      {props.description && (
        <div id={`${id}-note`} className={styles.note}>
          {props.description}
        </div>
      )}
      <div className={variant === 'segments' ? styles.segments : styles.list}>
        {props.options.map((option) => (
          <div key={option.value} className={variant === 'segments' ? styles.segment : styles.choice}>
            <input
              id={`${id}-${option.value}`}
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === props.value}
              disabled={option.disabled}
              aria-describedby={option.description ? `${id}-${option.value}-note` : undefined}
              onChange={() => props.onChange(option.value)}
              className={cx(styles.control, styles.radio)}
            />
            <label htmlFor={`${id}-${option.value}`} className={styles.label}>
              {option.label}
            </label>
            {option.description && (
              <div id={`${id}-${option.value}-note`} className={styles.description}>
                {option.description}
              </div>
            )}
          </div>
        ))}
      </div>
    </fieldset>
  )
}
