import { useState } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { FormDialog } from '../../shell/FormDialog.tsx'
import { useText } from '../../shell/i18n.tsx'
import type { User } from '../../store/entities.ts'
import type { Id } from '../../store/state.ts'
import { PeoplePicker } from '../people/PeoplePicker.tsx'
import { openDirect, openGroup } from './open-channel.ts'

/** A group message is of eight people at most, its writer included. */
const MOST_OTHERS = 7

/** Begins a conversation with one person or a few. */
export default function NewMessageDialog({ teamId, onClose }: { teamId: Id; onClose: () => void }): ReactNode {
  const t = useText()
  const [chosen, setChosen] = useState<readonly User[]>([])
  const restricted = useStore((state) => state.config['RestrictDirectMessage'] === 'team')
  const open = (): Promise<Id> =>
    chosen.length === 1 ? openDirect(chosen[0]!.id) : openGroup(chosen.map(({ id }) => id))
  const left = MOST_OTHERS - chosen.length
  return (
    <FormDialog
      title={t('channels.new_message', 'Write to somebody')}
      description={
        left > 0
          ? t('channels.up_to', 'Up to {count, plural, one {# more person} other {# more people}}', { count: left })
          : t('channels.full', 'A group message holds eight people at most. For more, create a private channel.')
      }
      submit={t('channels.start', 'Start')}
      disabled={chosen.length === 0}
      onSubmit={open}
      onClose={onClose}
    >
      <PeoplePicker
        label={t('channels.new_message', 'Write to somebody')}
        chosen={chosen}
        onChange={setChosen}
        most={MOST_OTHERS}
        includeMe
        teamId={restricted ? teamId : undefined}
      />
    </FormDialog>
  )
}
