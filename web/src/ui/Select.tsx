import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Field } from './Field.tsx'
import type { FieldProps } from './Field.tsx'
import { Icon } from './Icon.tsx'
import { ChevronDown } from './icons.ts'
import field from './Field.module.css'
import styles from './Select.module.css'

export interface SelectOption<Value extends string> {
  value: Value
  label: string
  disabled?: boolean
}

export interface SelectProps<Value extends string> extends FieldProps {
  options: readonly SelectOption<Value>[]
  value: Value
  onChange: (value: Value) => void
  disabled?: boolean
  autoFocus?: boolean
  id?: string
}

/** One of up to about twenty choices; the browser's own list, at home on phones too. More choices: ComboBox. */
export function Select<Value extends string>(props: SelectProps<Value>): ReactNode {
  const { options, value, onChange, disabled, autoFocus, ...rest } = props
  return (
    <Field {...rest}>
      {(ids) => (
        <div className={field.box}>
          <select
            {...ids}
            value={value}
            disabled={disabled}
            autoFocus={autoFocus}
            onChange={(event) => onChange(event.target.value as Value)}
            className={cx(field.input, styles.select)}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon icon={ChevronDown} className={styles.arrow} />
        </div>
      )}
    </Field>
  )
}
