import { api } from '../../client/api.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { failureText, showFailure } from '../../shell/failure.ts'
import { currentText } from '../../shell/i18n.tsx'
import type { Group } from '../../store/entities.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { groupsChanged } from './group-news.ts'

/** The same promise; what shows groups is asked for anew once it is kept. */
export async function changed<T>(work: Promise<T>): Promise<T> {
  const done = await work
  groupsChanged()
  return done
}

/** Asks, then archives a group: it cannot be mentioned any more, and can be restored. */
export function archiveGroup({ id, display_name: name }: Group): void {
  const t = currentText()
  openDialog((close) => (
    <ConfirmDialog
      title={t('groups.archive_question', 'Archive “{name}”?', { name })}
      confirmLabel={t('groups.archive', 'Archive group')}
      danger
      onConfirm={() => changed(api.archiveGroup(id))}
      errorText={failureText}
      onClose={close}
    >
      {t('groups.archive_hint', 'It can no longer be mentioned. Who is in it is kept, and it can be restored.')}
    </ConfirmDialog>
  ))
}

/** Takes a group out of the archive. */
export const restoreGroup = ({ id }: Group): void => void changed(api.restoreGroup(id)).catch(showFailure)
