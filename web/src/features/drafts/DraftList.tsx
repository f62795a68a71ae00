import { useState } from 'react'
import type { ReactNode } from 'react'
import { openDialog } from '../../shell/dialogs.tsx'
import { useText } from '../../shell/i18n.tsx'
import type { Draft } from '../../store/entities.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { CalendarClock, Pencil, SendHorizontal, Trash2 } from '../../ui/icons.ts'
import { closureOf } from '../composer/Closed.tsx'
import { askWhenToSend } from '../composer/schedule/schedule-draft.tsx'
import { sendDraft } from '../composer/send/send-draft.ts'
import { BoxNotice } from '../composer/BoxNotice.tsx'
import { useStore } from '../../client/store.ts'
import { contentOf } from './content.ts'
import css from './Drafts.module.css'
import { clearDraft, draftAt, keyOf } from './drafts.ts'
import { openPlace } from './open-place.ts'
import { WrittenRow } from './WrittenRow.tsx'

/** What is begun, each with what can be done with it. */
export function DraftList({ drafts }: { drafts: readonly Draft[] }): ReactNode {
  const t = useText()
  if (drafts.length === 0) {
    return (
      <EmptyState
        icon={Pencil}
        title={t('drafts.none', 'No drafts')}
        text={t('drafts.none_text', 'What you begin to write and do not send is kept here, on all your devices.')}
      />
    )
  }
  return (
    <ul className={css['list']} aria-label={t('drafts.drafts', 'Drafts')}>
      {drafts.map((draft) => (
        <DraftRow key={keyOf({ channelId: draft.channel_id, rootId: draft.root_id })} draft={draft} />
      ))}
    </ul>
  )
}

function DraftRow({ draft }: { draft: Draft }): ReactNode {
  const t = useText()
  const place = { channelId: draft.channel_id, rootId: draft.root_id }
  const [pending, setPending] = useState(false)
  const closed = useStore((state) => closureOf(state, place.channelId) !== null)
  const schedules = useStore((state) => state.config['ScheduledPosts'] === 'true')
  const send = (): void => {
    setPending(true)
    void sendDraft(place).finally(() => setPending(false))
  }
  return (
    <WrittenRow
      place={place}
      content={contentOf(draft)}
      at={draft.update_at}
      notice={<BoxNotice writing={draftAt(place)} />}
      onOpen={() => openPlace(place)}
    >
      <IconButton icon={Pencil} label={t('drafts.edit', 'Continue writing')} onPress={() => openPlace(place)} />
      {!closed && schedules && (
        <IconButton
          icon={CalendarClock}
          label={t('drafts.schedule', 'Schedule')}
          onPress={() => askWhenToSend(place)}
        />
      )}
      {!closed && (
        <IconButton icon={SendHorizontal} label={t('drafts.send', 'Send now')} disabled={pending} onPress={send} />
      )}
      <IconButton
        icon={Trash2}
        label={t('drafts.delete', 'Delete')}
        onPress={() => askToDelete(() => clearDraft(place))}
      />
    </WrittenRow>
  )

  function askToDelete(remove: () => void): void {
    openDialog((close) => (
      <ConfirmDialog
        title={t('drafts.delete_question', 'Delete this draft?')}
        confirmLabel={t('drafts.delete', 'Delete')}
        danger
        onConfirm={remove}
        onClose={close}
      >
        {t('drafts.delete_text', 'It disappears from all your devices. This cannot be undone.')}
      </ConfirmDialog>
    ))
  }
}
