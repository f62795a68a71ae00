import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import { Check } from './icons.ts'
import type { ActiveOption } from './use-active-option.ts'
import styles from './OptionList.module.css'

/** Pixels that stay free above and below the active option. */
const EDGE = 4

export interface OptionListProps<Item> {
  label: string
  /** From useActiveOption, which also holds the items. */
  option: ActiveOption<Item>
  children: (item: Item, active: boolean) => ReactNode
  /** A title over the items that follow with the same one. */
  sectionOf?: (item: Item) => string | undefined
  /** Chosen already: shown with a check mark. */
  selectedKeys?: ReadonlySet<string>
  className?: string
}

/** Scrolls the list alone; scrollIntoView would move the page too. */
function reveal(list: HTMLElement, option: HTMLElement | null): void {
  if (!option) return
  const { offsetTop: top, offsetHeight: height } = option
  if (top < list.scrollTop) list.scrollTop = top - EDGE
  else if (top + height > list.scrollTop + list.clientHeight) list.scrollTop = top + height - list.clientHeight + EDGE
}

/** Options that a text field works; see useActiveOption. */
export function OptionList<Item>({
  label,
  option,
  children,
  sectionOf,
  selectedKeys,
  className,
}: OptionListProps<Item>): ReactNode {
  const { items, keyOf, activeIndex, isDisabled } = option
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (list.current) reveal(list.current, list.current.querySelector<HTMLElement>('[data-active]'))
  }, [activeIndex, items])
  return (
    <div
      ref={list}
      id={option.listId}
      role="listbox"
      aria-label={label}
      aria-multiselectable={selectedKeys && true}
      className={cx(styles.list, className)}
    >
      {items.map((item, index) => {
        const key = keyOf(item)
        const title = sectionOf?.(item)
        const before = items[index - 1]
        const starts = title !== undefined && (before === undefined || sectionOf?.(before) !== title)
        const selected = selectedKeys?.has(key) ?? false
        return [
          starts && (
            <div key={`${key} title`} role="presentation" className={styles.title}>
              {title}
            </div>
          ),
          <div
            key={key}
            id={option.optionId(index)}
            role="option"
            aria-selected={selectedKeys ? selected : index === activeIndex}
            aria-disabled={isDisabled?.(item) || undefined}
            data-active={index === activeIndex || undefined}
            className={styles.option}
            // The focus stays in the field.
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => index !== activeIndex && !isDisabled?.(item) && option.setActiveIndex(index)}
            onClick={() => !isDisabled?.(item) && option.onChoose(item)}
          >
            {children(item, index === activeIndex)}
            {selected && <Icon icon={Check} className={styles.check} />}
          </div>,
        ]
      })}
    </div>
  )
}
