import { useState } from 'react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { request } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { currentChannelId } from '../../shell/place.ts'
import type { Id } from '../../store/state.ts'
import { compareNames } from '../../store/sidebar.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { readAddresses } from './addresses.ts'
import type { InviteResult } from './addresses.ts'
import { InviteForm, Results } from './InviteForm.tsx'
import css from './Teams.module.css'

/** Guests see only the channels that they are invited to. */
export function GuestInvitation({ teamId, onClose }: { teamId: Id; onClose: () => void }): ReactNode {
  const t = useText()
  const [text, setText] = useState('')
  const [message, setMessage] = useState('')
  const [chosen, setChosen] = useState<readonly Id[]>(() => [currentChannelId()].filter(Boolean))
  const [results, setResults] = useState<readonly InviteResult[]>()
  const channels = useStore(
    useShallow((state) => Object.values(state.channels).filter((one) => one.team_id === teamId && !one.delete_at)),
  )
  const { addresses, wrong } = readAddresses(text)
  const known = chosen.filter((id) => channels.some((one) => one.id === id))
  const send = async (): Promise<void> => {
    const body = { emails: addresses, channels: known, message }
    setResults(await request<InviteResult[]>('POST', `/teams/${teamId}/invite-guests/email?graceful=true`, body))
  }
  if (results) return <Results results={results} onClose={onClose} />
  return (
    <InviteForm
      disabled={addresses.length === 0 || wrong.length > 0 || known.length === 0}
      onSend={send}
      onClose={onClose}
    >
      <TextArea
        label={t('teams.addresses', 'E-mail addresses')}
        value={text}
        onChange={setText}
        rows={2}
        autoFocus
        error={
          wrong.length > 0 ? t('teams.wrong_address', 'Not an address: {list}', { list: wrong.join(', ') }) : undefined
        }
      />
      <fieldset className={css['results']}>
        <legend>{t('teams.guest_channels', 'Channels that they will see')}</legend>
        {channels
          .toSorted((a, b) => compareNames(a.display_name, b.display_name))
          .map(({ id, display_name: name }) => (
            <Checkbox
              key={id}
              checked={chosen.includes(id)}
              onChange={(on) => setChosen(on ? [...chosen, id] : chosen.filter((one) => one !== id))}
            >
              {name}
            </Checkbox>
          ))}
      </fieldset>
      <TextArea
        label={t('teams.guest_message', 'A few words to them')}
        value={message}
        onChange={setMessage}
        rows={2}
        optional
      />
    </InviteForm>
  )
}
