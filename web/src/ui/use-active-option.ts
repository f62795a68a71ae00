import { useId, useState } from 'react'
import type { KeyboardEvent } from 'react'

export interface ActiveOptionOptions<Item> {
  items: readonly Item[]
  keyOf: (item: Item) => string
  /** Enter, Tab when `tabChooses`, or a click. */
  onChoose: (item: Item) => void
  /** In a text where the list helps with the word at hand, Tab takes it too. */
  tabChooses?: boolean
  isDisabled?: (item: Item) => boolean
  /** Other options than the first that the list opens with: their key. */
  initialKey?: string
}

export interface ActiveOption<Item> extends ActiveOptionOptions<Item> {
  listId: string
  optionId: (index: number) => string
  /** The option that Enter takes; -1 when there is none. */
  activeIndex: number
  setActiveIndex: (index: number) => void
  /** For the field that has the focus. True when the key was the list's: then it has been prevented. */
  onKeyDown: (event: KeyboardEvent) => boolean
  /** For that field as well, while the list is open. */
  fieldProps: Record<string, string | boolean | undefined>
}

const PAGE = 8

/**
 * A list of options that is worked from a text field: arrows move through it, Enter takes the active option, and the
 * first is active from the start. The focus stays in the field. Keys that compose a syllable belong to the field.
 */
export function useActiveOption<Item>(options: ActiveOptionOptions<Item>): ActiveOption<Item> {
  const { items, keyOf, onChoose, isDisabled } = options
  const listId = useId()
  const [activeKey, setActiveKey] = useState(options.initialKey)
  const enabled = items.flatMap((item, index) => (isDisabled?.(item) ? [] : [index]))
  const kept = items.findIndex((item) => keyOf(item) === activeKey)
  const activeIndex = enabled.includes(kept) ? kept : (enabled[0] ?? -1)
  const setActiveIndex = (index: number): void => {
    if (items[index] !== undefined) setActiveKey(keyOf(items[index]))
  }
  const step = (by: number): void => {
    const at = enabled.indexOf(activeIndex)
    const stops = Math.abs(by) > 1
    const next = stops
      ? Math.min(enabled.length - 1, Math.max(0, at + by))
      : (at + by + enabled.length) % enabled.length
    setActiveIndex(enabled[next] ?? -1)
  }
  const choose = (): void => onChoose(items[activeIndex]!)
  const onKeyDown = (event: KeyboardEvent): boolean => {
    // 229: Safari says so for the key that ends a composition.
    if (activeIndex === -1 || event.nativeEvent.isComposing || event.keyCode === 229) return false
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
    const actions: Record<string, (() => void) | undefined> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      PageDown: () => step(PAGE),
      PageUp: () => step(-PAGE),
      Enter: choose,
      Tab: options.tabChooses ? choose : undefined,
    }
    const action = plain ? actions[event.key] : undefined
    if (!action) return false
    event.preventDefault()
    action()
    return true
  }
  const optionId = (index: number): string => `${listId}-${index}`
  const fieldProps = {
    role: 'combobox',
    'aria-expanded': items.length > 0,
    'aria-controls': listId,
    'aria-autocomplete': 'list',
    'aria-activedescendant': activeIndex === -1 ? undefined : optionId(activeIndex),
  }
  return { ...options, listId, optionId, activeIndex, setActiveIndex, onKeyDown, fieldProps }
}
