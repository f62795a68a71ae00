import { useState } from 'react'
import type { ReactNode } from 'react'
import { Field } from './Field.tsx'
import { useUiTexts } from './ui-texts.ts'
import field from './Field.module.css'
import styles from './ColorField.module.css'

export interface ColorFieldProps {
  label: string
  description?: string
  /** As #rrggbb. */
  value: string
  /** Called with #rrggbb, only with colours that can be read. */
  onChange: (value: string) => void
  disabled?: boolean
  className?: string
}

/** #rrggbb in small letters, from #rgb or #rrggbb with or without the hash; undefined when it is no such colour. */
export function parseHexColor(text: string): string | undefined {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/.exec(text.trim().toLowerCase())?.[1]
  if (!digits) return undefined
  return digits.length === 6 ? `#${digits}` : `#${digits.replace(/./g, '$&$&')}`
}

/** A colour, picked in the browser's own picker or typed as hex. */
export function ColorField({ label, description, value, onChange, disabled, className }: ColorFieldProps): ReactNode {
  const texts = useUiTexts()
  // What is being typed, while it differs from the colour that holds.
  const [typed, setTyped] = useState<string>()
  const type = (text: string): void => {
    const color = parseHexColor(text)
    setTyped(text)
    if (color) onChange(color)
  }
  const error = typed !== undefined && !parseHexColor(typed) ? texts.colorInvalid : undefined
  return (
    <Field label={label} description={description} error={error} className={className}>
      {(ids) => (
        <div className={field.box}>
          <input
            type="color"
            aria-label={label}
            value={parseHexColor(value) ?? '#000000'}
            disabled={disabled}
            onChange={(event) => {
              setTyped(undefined)
              onChange(event.target.value)
            }}
            className={styles.picker}
          />
          <input
            {...ids}
            value={typed ?? value}
            disabled={disabled}
            spellCheck={false}
            autoComplete="off"
            maxLength={9}
            onChange={(event) => type(event.target.value)}
            onBlur={() => !error && setTyped(undefined)}
            className={field.input}
          />
        </div>
      )}
    </Field>
  )
}
