import type { ReactNode, Ref, TextareaHTMLAttributes } from 'react'
import { cx } from './cx.ts'
import { Field } from './Field.tsx'
import type { FieldProps } from './Field.tsx'
import field from './Field.module.css'
import styles from './TextArea.module.css'

type Area = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'value' | 'className' | 'rows'>

export interface TextAreaProps extends FieldProps, Area {
  value: string
  onChange: (value: string) => void
  /** Lines that are there from the start, and the most before it scrolls. */
  rows?: number
  maxRows?: number
  ref?: Ref<HTMLTextAreaElement>
}

/** Several lines of text; grows with them. */
export function TextArea({ rows = 3, maxRows = 12, ...props }: TextAreaProps): ReactNode {
  const { label, hideLabel, description, error, optional, aside, className, value, onChange, ...area } = props
  return (
    <Field {...{ label, hideLabel, description, error, optional, aside, className }} id={props.id}>
      {(ids) => (
        <div className={field.box}>
          {/* A copy of the text, unseen, gives the box its height: no measuring. */}
          <div
            className={styles.grow}
            data-text={`${value}\u200b`}
            style={{ '--rows': rows, '--max-rows': maxRows } as object}
          >
            <textarea
              {...area}
              {...ids}
              rows={1}
              value={value}
              onChange={(event) => onChange(event.target.value)}
              className={cx(field.input, styles.area)}
            />
          </div>
        </div>
      )}
    </Field>
  )
}
