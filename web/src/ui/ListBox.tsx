import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { OptionList } from './OptionList.tsx'
import type { OptionListProps } from './OptionList.tsx'
import { SearchField } from './SearchField.tsx'
import { useActiveOption } from './use-active-option.ts'
import type { ActiveOptionOptions } from './use-active-option.ts'
import styles from './ListBox.module.css'

export interface ListBoxProps<Item>
  extends Omit<ActiveOptionOptions<Item>, 'tabChooses'>, Omit<OptionListProps<Item>, 'option'> {
  /** The typed filter. The caller filters `items` by it: it knows how names are written, and may ask the server. */
  query: string
  onQueryChange: (query: string) => void
  placeholder?: string
  autoFocus?: boolean
  /** Instead of the list when nothing is left. */
  empty: ReactNode
}

/** A picker: a filter to type into, and the options under it. Enter takes the first hit. */
export function ListBox<Item>(props: ListBoxProps<Item>): ReactNode {
  const { label, query, onQueryChange, placeholder, autoFocus, empty, className } = props
  const option = useActiveOption(props)
  return (
    <div className={cx(styles.picker, className)}>
      <SearchField
        label={label}
        value={query}
        onChange={onQueryChange}
        placeholder={placeholder}
        autoFocus={autoFocus}
        onKeyDown={option.onKeyDown}
        className={styles.filter}
        {...option.fieldProps}
      />
      {props.items.length > 0 ? (
        <OptionList
          label={label}
          option={option}
          sectionOf={props.sectionOf}
          selectedKeys={props.selectedKeys}
          className={styles.list}
        >
          {props.children}
        </OptionList>
      ) : (
        <div role="status" className={styles.empty}>
          {empty}
        </div>
      )}
    </div>
  )
}
