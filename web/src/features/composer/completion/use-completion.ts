import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { getState, useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { currentTeamId } from '../../../shell/place.ts'
import { useActiveOption } from '../../../ui/use-active-option.ts'
import type { ActiveOption } from '../../../ui/use-active-option.ts'
import { codeLanguageNames } from './languages.ts'
import type { Writing } from '../../drafts/writing.ts'
import { applyEdit, settle } from '../apply-edit.ts'
import { askForChannels, findChannels } from './find-channels.ts'
import { askForCommands, findCommands } from './find-commands.ts'
import { askForEmoji, findEmoji } from './find-emoji.ts'
import { askForPeople, findPeople } from './find-people.ts'
import { keyOfItem, textOfItem } from './items.ts'
import type { Item } from './items.ts'
import { findTrigger } from './trigger.ts'
import type { Trigger } from './trigger.ts'

/** ms of rest before the server is asked. */
const REST = 100

export interface Completion {
  readonly trigger: Trigger | null
  /** for the field; it stays a text box of several lines, which a combo box is not */
  readonly listProps: Record<string, string | undefined>
  readonly option: ActiveOption<Item>
  /** to be called whenever text or caret have changed */
  readonly look: () => void
  readonly close: () => void
}

const sameTrigger = (one: Trigger | null, other: Trigger | null): boolean =>
  one?.kind === other?.kind && one?.query === other?.query && one?.from === other?.from

/** Completes the word at the caret: people, channels, emoji, commands, names of languages. Works while a syllable is being composed. */
export function useCompletion(field: RefObject<HTMLTextAreaElement | null>, writing: Writing): Completion {
  const { key } = writing
  const [found, setFound] = useState<{ trigger: Trigger | null; key: string }>({ trigger: null, key })
  const trigger = found.key === key ? found.trigger : null
  const setTrigger = (next: Trigger | null): void =>
    setFound((before) => (before.key === key && sameTrigger(before.trigger, next) ? before : { trigger: next, key }))
  /** where Escape closed the list: it stays closed for that word */
  const closedAt = useRef<number | null>(null)
  const items = useItems(trigger, writing)
  const look = (): void => {
    const { current } = field
    if (!current || document.activeElement !== current) return setTrigger(null)
    const collapsed = current.selectionStart === current.selectionEnd
    const word = collapsed ? findTrigger(current.value.slice(0, current.selectionStart)) : null
    if (word?.from !== closedAt.current) closedAt.current = null
    setTrigger(closedAt.current === null ? word : null)
  }
  const onChoose = (item: Item): void => {
    const { current } = field
    if (!current) return
    settle(current)
    const word = findTrigger(current.value.slice(0, current.selectionStart)) ?? trigger
    if (!word) return
    const insert = textOfItem(item)
    const end = word.from + insert.length
    // One space behind the word is enough.
    const space = insert.endsWith(' ') && current.value[current.selectionStart] === ' ' ? 1 : 0
    applyEdit(current, { from: word.from, to: current.selectionStart + space, insert, select: [end, end] })
    if (item.kind !== 'command') setTrigger(null)
  }
  const option = useActiveOption({ items, keyOf: keyOfItem, onChoose, tabChooses: true })
  useFirstOption(trigger, option)
  const close = (): void => {
    closedAt.current = trigger?.from ?? null
    setTrigger(null)
  }
  const shown = items.length > 0 ? trigger : null
  const active = option.activeIndex < 0 ? undefined : option.optionId(option.activeIndex)
  const listProps = shown && { 'aria-controls': option.listId, 'aria-activedescendant': active }
  return { trigger: shown, listProps: { 'aria-autocomplete': 'list', ...listProps }, option, look, close }
}

/** Each new word begins with the first item; what the server finds later does not move the active one. */
function useFirstOption(trigger: Trigger | null, option: ActiveOption<Item>): void {
  const pinned = useRef<Trigger | null>(null)
  const { items, setActiveIndex } = option
  useLayoutEffect(() => {
    if (pinned.current === trigger || items.length === 0) return
    pinned.current = trigger
    setActiveIndex(0)
  })
}

function useItems(trigger: Trigger | null, writing: Writing): readonly Item[] {
  const t = useText()
  const teamId = currentTeamId()
  const { channelId, rootId } = writing
  const [answers, setAnswers] = useState(0)
  const people = useStore((state) => (trigger?.kind === 'person' ? state.users : undefined))
  const kind = trigger?.kind
  const query = trigger?.query ?? ''
  useEffect(() => {
    if (!kind) return
    let here = true
    const ask = async (): Promise<void> => {
      if (kind === 'person') await askForPeople(channelId, teamId, query)
      if (kind === 'channel') await askForChannels(teamId, query)
      if (kind === 'emoji') await askForEmoji(t.locale, query)
      if (kind === 'command') await askForCommands({ teamId, channelId, rootId }, query)
    }
    const answered = (): void => void (here && setAnswers((count) => count + 1))
    const timer = setTimeout(() => ask().then(answered, () => undefined), REST)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [kind, query, channelId, rootId, teamId, t.locale])
  return useMemo(() => {
    const state = getState()
    if (kind === 'person') return findPeople(state, channelId, query)
    if (kind === 'channel') return findChannels(state, teamId, query)
    if (kind === 'emoji') return findEmoji(t.locale, query)
    if (kind === 'command') return findCommands(t, channelId, query)
    if (kind === 'language') return codeLanguageNames(query)
    return []
    // Answers and people are read from where they are kept.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [kind, query, channelId, teamId, t, answers, people])
}
