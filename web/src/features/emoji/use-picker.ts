import { useMemo, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { asFind } from './custom-emoji.ts'
import type { EmojiPickerProps } from './EmojiPicker.tsx'
import { emojiCharacter, withSkinTone } from './names.ts'
import { layOut, moveInGrid } from './picker-rows.ts'
import type { PickerGroup, PickerRow, PickerSection } from './picker-rows.ts'
import type { PickerGridHandle } from './PickerGrid.tsx'
import type { EmojiFind, EmojiWords } from './search-emoji.ts'
import { useCustomEmoji } from './use-custom-emoji.ts'
import { useEmojiWords } from './use-emoji-words.ts'

type CustomUrl = ((name: string) => string | null) | undefined

export interface PickerState {
  query: string
  search: (query: string) => void
  sections: PickerSection[]
  rows: PickerRow[]
  columns: number
  words: EmojiWords | null
  failed: boolean
  /** The place of the marked emoji among all, -1 while there is none. */
  active: number
  marked: EmojiFind | undefined
  mark: (at: number) => void
  goTo: (group: PickerGroup) => void
  pick: (emoji: EmojiFind, more: boolean) => void
  loadMore: () => void
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void
}

/** Pixels beside the columns: the window's margins, the scroll bar. */
const BESIDE = 40

/** As many columns as fit; fingers need larger ones. EmojiPicker.module.css has the same sizes. */
function columnsHere(): number {
  const cell = matchMedia('(pointer: coarse)').matches ? 40 : 36
  return Math.max(5, Math.min(9, Math.floor((innerWidth - BESIDE) / cell)))
}

/** What the picker shows and what its keys do. */
export function usePicker(
  props: EmojiPickerProps,
  locale: string,
  grid: RefObject<PickerGridHandle | null>,
): PickerState {
  const { recent, skinTone, custom, onPick } = props
  const [query, setQuery] = useState('')
  const [columns] = useState(columnsHere)
  const [wanted, setWanted] = useState(0)
  const { words, failed } = useEmojiWords(locale)
  const { names, loadMore } = useCustomEmoji(custom, query)
  const sections = useMemo(
    () => sectionsOf(words, query, recent, names, custom?.url),
    [words, query, recent, names, custom],
  )
  const rows = useMemo(() => layOut(sections, columns), [sections, columns])
  const all = useMemo(() => sections.flatMap(({ emoji }) => emoji), [sections])
  const active = Math.min(wanted, all.length - 1)
  const marked = all[active]
  const pick = ({ name }: EmojiFind, more: boolean): void => onPick(withSkinTone(name, skinTone), more)
  const search = (text: string): void => {
    setQuery(text)
    setWanted(0)
    grid.current?.show(0)
  }
  const goTo = (group: PickerGroup): void => {
    const first = rows.find((row) => row.kind === 'emoji' && row.group === group)
    if (first?.kind === 'emoji') setWanted(first.from)
    grid.current?.showGroup(group)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const composing = event.nativeEvent.isComposing || event.keyCode === 229
    if (composing || event.ctrlKey || event.metaKey || event.altKey) return
    const to = belongsToText(event, active) ? null : moveInGrid(rows, active, event.key)
    if (event.key === 'Enter' && marked) pick(marked, event.shiftKey)
    else if (to === null) return
    else {
      setWanted(to)
      grid.current?.show(to)
    }
    event.preventDefault()
  }
  return {
    query,
    search,
    sections,
    rows,
    columns,
    words,
    failed,
    active,
    marked,
    mark: setWanted,
    goTo,
    pick,
    loadMore,
    onKeyDown,
  }
}

/** Whether a key moves the caret: it does while nothing but the first emoji is marked and there is text on its side. */
function belongsToText(
  { key, shiftKey, currentTarget: field }: KeyboardEvent<HTMLInputElement>,
  active: number,
): boolean {
  if (key === 'Enter') return false
  if (shiftKey) return true
  if (active > 0) return false
  const { selectionStart, selectionEnd, value } = field
  if (key === 'ArrowLeft' || key === 'Home') return selectionStart !== 0
  return (key === 'ArrowRight' || key === 'End') && selectionEnd !== value.length
}

function sectionsOf(
  words: EmojiWords | null,
  query: string,
  recent: readonly string[],
  names: readonly string[],
  url: CustomUrl,
): PickerSection[] {
  if (!words) return []
  if (query.trim() !== '') return [{ group: 'found', emoji: words.search(query, url ? names : []) }]
  const known = recent.flatMap((name): EmojiFind[] => {
    const character = emojiCharacter(name)
    return character !== null || url?.(name) ? [{ name, character }] : []
  })
  const custom = names.map((name) => asFind({ name }))
  return [{ group: 'recent', emoji: known }, ...words.groups, { group: 'custom', emoji: custom }]
}
