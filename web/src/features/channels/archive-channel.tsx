import { api } from '../../client/api.ts'
import { getState } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { failureText, showFailure } from '../../shell/failure.ts'
import { currentText } from '../../shell/i18n.tsx'
import type { Id } from '../../store/state.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

/** Asks, then archives a channel: it can be read and searched, not written in, and be restored. */
export function archiveChannel(channelId: Id): void {
  const t = currentText()
  const name = getState().channels[channelId]?.display_name ?? ''
  openDialog((close) => (
    <ConfirmDialog
      title={t('channels.archive_question', 'Archive “{name}”?', { name })}
      confirmLabel={t('channels.archive', 'Archive channel')}
      danger
      onConfirm={() => api.deleteChannel(channelId)}
      errorText={failureText}
      onClose={close}
    >
      {t('channels.archive_hint', 'Nobody can write in it any more. Its messages stay, and it can be restored.')}
    </ConfirmDialog>
  ))
}

/** Opens an archived channel again. */
export const restoreChannel = (channelId: Id): void => void api.unarchiveChannel(channelId).catch(showFailure)
