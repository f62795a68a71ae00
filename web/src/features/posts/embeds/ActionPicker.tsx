import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { request } from '../../../client/api.ts'
import { getState } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { currentTeamId } from '../../../shell/place.ts'
import type { Channel, User } from '../../../store/entities.ts'
import { fullName, nameFormat, nameIn } from '../../../store/names.ts'
import { Button } from '../../../ui/Button.tsx'
import { ChevronDown } from '../../../ui/icons.ts'
import { ListBox } from '../../../ui/ListBox.tsx'
import { Popover, PopoverTrigger } from '../../../ui/Popover.tsx'
import type { Action } from './attachment-types.ts'

interface Option {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

interface Props {
  readonly action: Action
  readonly disabled: boolean
  readonly onPick: (value: string) => void
}

/** A list of a program's message that is too long to show at once: people, channels, or many options of its own. */
export default function ActionPicker({ action, disabled, onPick }: Props): ReactNode {
  const t = useText()
  const [picked, setPicked] = useState(() => labelOf(action, action.default_option ?? ''))
  return (
    <PopoverTrigger>
      <Button size="s" icon={ChevronDown} disabled={disabled}>
        {picked || action.name}
      </Button>
      <Popover label={action.name} flush>
        {(close) => (
          <OptionList
            action={action}
            empty={t('posts.nothing_found', 'Nothing found')}
            onPick={(option) => {
              close()
              setPicked(option.label)
              onPick(option.value)
            }}
          />
        )}
      </Popover>
    </PopoverTrigger>
  )
}

const labelOf = ({ options }: Action, value: string): string =>
  (value && options?.find((one) => one.value === value)?.text) || ''

function OptionList(props: { action: Action; empty: string; onPick: (option: Option) => void }): ReactNode {
  const [query, setQuery] = useState('')
  const options = useOptions(props.action, query)
  return (
    <ListBox<Option>
      label={props.action.name}
      query={query}
      onQueryChange={setQuery}
      items={options}
      keyOf={(option) => option.value}
      onChoose={props.onPick}
      autoFocus
      empty={props.empty}
    >
      {(option) => (
        <>
          {option.label}
          {option.hint && <small> {option.hint}</small>}
        </>
      )}
    </ListBox>
  )
}

function useOptions(action: Action, query: string): readonly Option[] {
  const [found, setFound] = useState<readonly Option[]>([])
  const source = action.data_source
  useEffect(() => {
    if (source !== 'users' && source !== 'channels') return
    let here = true
    const ask = source === 'users' ? findUsers(query) : findChannels(query)
    ask.then(
      (options) => here && setFound(options),
      () => here && setFound([]),
    )
    return () => void (here = false)
  }, [source, query])
  if (source === 'users' || source === 'channels') return found
  const typed = query.toLowerCase()
  const own = (action.options ?? []).map((one) => ({ value: one.value, label: one.text }))
  return own.filter((one) => one.label.toLowerCase().includes(typed))
}

async function findUsers(query: string): Promise<Option[]> {
  const answer = await request<{ users: User[] }>(
    'GET',
    `/users/autocomplete?limit=50&name=${encodeURIComponent(query)}`,
  )
  const format = nameFormat(getState())
  return answer.users.map((user) => ({
    value: user.id,
    label: nameIn(format, user),
    hint: `@${user.username} ${fullName(user)}`,
  }))
}

async function findChannels(query: string): Promise<Option[]> {
  const path = `/teams/${currentTeamId()}/channels/autocomplete?name=${encodeURIComponent(query)}`
  const channels = await request<Channel[]>('GET', path)
  return channels.map((channel) => ({ value: channel.id, label: channel.display_name, hint: `~${channel.name}` }))
}
