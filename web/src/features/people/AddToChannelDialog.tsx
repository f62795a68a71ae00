import { useState } from 'react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { api } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { typed } from '../../store/match-name.ts'
import { displayName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { compareNames } from '../../store/sidebar.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { ListBox } from '../../ui/ListBox.tsx'
import { showToast } from '../../ui/toasts.ts'
import { ChannelIcon } from '../sidebar/ChannelIcon.tsx'
import { channelsToAddTo } from './add-rights.ts'

interface Props {
  readonly userId: Id
  readonly teamId: Id
  readonly onClose: () => void
}

/** Brings somebody into one of my channels. */
export default function AddToChannelDialog({ userId, teamId, onClose }: Props): ReactNode {
  const t = useText()
  const [query, setQuery] = useState('')
  const name = useStore((state) => displayName(state, userId))
  const channels = useStore(useShallow((state) => channelsToAddTo(state, teamId)))
  const { score } = typed(query)
  const shown = channels
    .filter((one) => score(one.display_name) > 0)
    .toSorted((a, b) => compareNames(a.display_name, b.display_name))
  const title = t('people.add_to', 'Add {name} to a channel', { name })
  const add = (channel: { id: Id; display_name: string }): void => {
    onClose()
    const done = t('people.added', '{name} is now in {channel}', { name, channel: channel.display_name })
    api.addToChannel(userId, channel.id).then(() => showToast(done), showFailure)
  }
  return (
    <Dialog title={title} onClose={onClose} flush>
      <ListBox
        label={title}
        query={query}
        onQueryChange={setQuery}
        items={shown}
        keyOf={(one) => one.id}
        onChoose={add}
        autoFocus
        empty={t('channels.none_found', 'No channel is called so')}
      >
        {(channel) => (
          <>
            <ChannelIcon channelId={channel.id} /> {channel.display_name}
          </>
        )}
      </ListBox>
    </Dialog>
  )
}
