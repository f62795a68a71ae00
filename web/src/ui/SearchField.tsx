import type { ReactNode, Ref } from 'react'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { Search, X } from './icons.ts'
import type { TextFieldProps } from './TextField.tsx'
import { cx } from './cx.ts'
import { useUiTexts } from './ui-texts.ts'
import styles from './Field.module.css'

type Rest = Omit<
  TextFieldProps,
  'hideLabel' | 'description' | 'error' | 'optional' | 'aside' | 'icon' | 'type' | 'label'
>

export interface SearchFieldProps extends Rest {
  label: string
  ref?: Ref<HTMLInputElement>
}

/** A line that filters or searches. Escape empties it; when it is empty, Escape goes on to what is around it. */
export function SearchField({
  label,
  value,
  onChange,
  className,
  onKeyDown,
  trailing,
  ...input
}: SearchFieldProps): ReactNode {
  const texts = useUiTexts()
  return (
    <div className={cx(styles.box, className)}>
      <Icon icon={Search} className={styles.lead} />
      <input
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        {...input}
        type="search"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event)
          if (event.key !== 'Escape' || value === '' || event.nativeEvent.isComposing || event.defaultPrevented) return
          event.preventDefault()
          event.stopPropagation()
          onChange('')
        }}
        className={styles.input}
      />
      <span className={styles.trail}>
        {trailing}
        {value !== '' && (
          <IconButton
            size="s"
            icon={X}
            label={texts.clear}
            onPress={() => onChange('')}
            excludeFromTabOrder
            preventFocusOnPress
          />
        )}
      </span>
    </div>
  )
}
