import { useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import type { Id } from '../../store/state.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Calendar } from '../../ui/icons.ts'
import { OptionList } from '../../ui/OptionList.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { useActiveOption } from '../../ui/use-active-option.ts'
import { PersonAvatar } from '../people/Person.tsx'
import { ChannelIcon } from '../sidebar/ChannelIcon.tsx'
import { SEARCH_FIELD } from './open-search.ts'
import { fillFilter, openFilter } from './query.ts'
import css from './Search.module.css'
import { useSuggestions } from './use-suggestions.ts'
import type { Suggestion } from './use-suggestions.ts'

interface Props {
  readonly text: string
  readonly onText: (text: string) => void
  readonly onSubmit: (text: string) => void
  /** '' for all teams */
  readonly teamId: Id
}

/** The field of the search. While a filter is written, its values are offered; Enter searches. */
export function SearchBox({ text, onText, onSubmit, teamId }: Props): ReactNode {
  const t = useText()
  const field = useRef<HTMLInputElement>(null)
  const [caret, setCaret] = useState(text.length)
  const [closed, setClosed] = useState('')
  const filter = openFilter(text, caret)
  const suggestions = useSuggestions(filter, teamId)
  const open = suggestions.length > 0 && closed !== text
  const choose = ({ value }: Suggestion): void => {
    if (!filter) return
    const filled = fillFilter(text, filter, value)
    onText(filled.text)
    setCaret(filled.caret)
    requestAnimationFrame(() => field.current?.setSelectionRange(filled.caret, filled.caret))
  }
  const option = useActiveOption({
    items: open ? suggestions : [],
    keyOf: (one: Suggestion) => one.key,
    onChoose: choose,
    tabChooses: true,
  })
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (option.onKeyDown(event)) return
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'Enter') onSubmit(text)
    else if (event.key === 'Escape' && open) {
      event.preventDefault()
      event.stopPropagation()
      setClosed(text)
    }
  }
  return (
    <div className={css['box']}>
      <SearchField
        ref={field}
        id={SEARCH_FIELD}
        label={t('search.field', 'Search messages and files')}
        placeholder={t('search.placeholder', 'Search')}
        value={text}
        onChange={(next) => {
          onText(next)
          setCaret(field.current?.selectionStart ?? next.length)
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? text.length)}
        onKeyDown={onKeyDown}
        maxLength={2048}
        autoFocus
        {...(open && option.fieldProps)}
      />
      {open && (
        <div className={css['suggestions']}>
          <OptionList label={t('search.suggestions', 'Suggestions')} option={option}>
            {(one) => <SuggestionRow suggestion={one} />}
          </OptionList>
        </div>
      )}
    </div>
  )
}

function SuggestionRow({ suggestion }: { suggestion: Suggestion }): ReactNode {
  return (
    <span className={css['suggestion']}>
      {suggestion.kind === 'person' && <PersonAvatar userId={suggestion.userId} size={20} />}
      {suggestion.kind === 'channel' && <ChannelIcon channelId={suggestion.channelId} />}
      {suggestion.kind === 'date' && <Icon icon={Calendar} />}
      <span className={css['suggestionName']}>{suggestion.name}</span>
      <span className={css['detail']}>{suggestion.detail}</span>
    </span>
  )
}
