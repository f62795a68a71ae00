import { useState } from 'react'
import type { InputHTMLAttributes, ReactNode, Ref } from 'react'
import type { LucideIcon } from 'lucide-react'
import { Field } from './Field.tsx'
import type { FieldProps } from './Field.tsx'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { Eye, EyeOff } from './icons.ts'
import { useUiTexts } from './ui-texts.ts'
import styles from './Field.module.css'

type Input = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'className'>

export interface TextFieldProps extends FieldProps, Input {
  value: string
  onChange: (value: string) => void
  icon?: LucideIcon
  /** Fixed text or a control at the end of the box. */
  trailing?: ReactNode
  ref?: Ref<HTMLInputElement>
}

/** One line of text. With `type="password"` it can be made visible. Every attribute of an input may be given. */
export function TextField(props: TextFieldProps): ReactNode {
  const { label, hideLabel, description, error, optional, aside, className, ...own } = props
  const { value, onChange, icon, trailing, type = 'text', ...input } = own
  const [revealed, setRevealed] = useState(false)
  const texts = useUiTexts()
  const secret = type === 'password'
  return (
    <Field {...{ label, hideLabel, description, error, optional, aside, className }} id={props.id}>
      {(ids) => (
        <div className={styles.box}>
          {icon && <Icon icon={icon} className={styles.lead} />}
          <input
            {...input}
            {...ids}
            type={secret && revealed ? 'text' : type}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className={styles.input}
          />
          {(secret || trailing) && (
            <span className={styles.trail}>
              {trailing}
              {secret && (
                <IconButton
                  size="s"
                  icon={revealed ? EyeOff : Eye}
                  label={revealed ? texts.hidePassword : texts.showPassword}
                  onPress={() => setRevealed(!revealed)}
                />
              )}
            </span>
          )}
        </div>
      )}
    </Field>
  )
}
