import { use } from 'react'
import type { ReactNode } from 'react'
import {
  Button,
  ComboBox as AriaComboBox,
  ComboBoxStateContext,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components/ComboBox'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import { Check, ChevronDown } from './icons.ts'
import { useUiTexts } from './ui-texts.ts'
import field from './Field.module.css'
import menu from './Menu.module.css'
import popover from './Popover.module.css'
import styles from './ComboBox.module.css'

export interface ComboBoxOption {
  value: string
  label: string
  description?: string
}

export interface ComboBoxProps {
  label: string
  hideLabel?: boolean
  description?: ReactNode
  error?: string
  options: readonly ComboBoxOption[]
  /** Null while nothing is chosen. */
  value: string | null
  onChange: (value: string | null) => void
  placeholder?: string
  disabled?: boolean
  autoFocus?: boolean
  /** Whether an option fits what was typed; absent: it contains it, without regard to case and accents. */
  matches?: (label: string, typed: string) => boolean
  /** Under the field when nothing fits. */
  empty: string
}

/** The line to type into; a click opens the list also when the field has the focus already. */
function Typed({ placeholder }: { placeholder: string | undefined }): ReactNode {
  const state = use(ComboBoxStateContext)
  return <Input className={field.input} placeholder={placeholder} onClick={() => state?.open(null, 'manual')} />
}

/** One of many choices, found by typing. */
export default function ComboBox(props: ComboBoxProps): ReactNode {
  const texts = useUiTexts()
  return (
    <AriaComboBox
      className={field.field}
      aria-label={props.hideLabel ? props.label : undefined}
      value={props.value}
      onChange={(key) => props.onChange(key === null ? null : String(key))}
      defaultItems={props.options}
      defaultFilter={props.matches}
      isDisabled={props.disabled}
      isInvalid={Boolean(props.error)}
      autoFocus={props.autoFocus}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      {!props.hideLabel && <Label className={field.label}>{props.label}</Label>}
      <div className={field.box}>
        <Typed placeholder={props.placeholder} />
        <Button className={styles.open} aria-label={texts.open}>
          <Icon icon={ChevronDown} />
        </Button>
      </div>
      {props.description && !props.error && (
        <Text slot="description" className={field.description}>
          {props.description}
        </Text>
      )}
      <FieldError className={field.error}>{props.error}</FieldError>
      <Popover offset={4} className={cx(popover.popover, styles.list)} style={{ zIndex: 'var(--z-popover)' }}>
        <ListBox<ComboBoxOption>
          className={menu.menu}
          renderEmptyState={() => <div className={styles.empty}>{props.empty}</div>}
        >
          {(option) => (
            <ListBoxItem id={option.value} textValue={option.label} className={menu.item}>
              {({ isSelected }) => (
                <>
                  <span className={menu.texts}>
                    <Text slot="label">{option.label}</Text>
                    {option.description && (
                      <Text slot="description" className={menu.description}>
                        {option.description}
                      </Text>
                    )}
                  </span>
                  {isSelected && <Icon icon={Check} className={styles.check} />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  )
}
