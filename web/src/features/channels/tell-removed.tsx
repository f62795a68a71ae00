import { openDialog } from '../../shell/dialogs.tsx'
import { currentText } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

/** Says that the channel in view is closed to the reader: what he goes on typing must not land in the one that comes instead. */
export function tellRemoved(name: string): void {
  const t = currentText()
  openDialog(
    (close) => (
      <Dialog
        compact
        size="s"
        role="alertdialog"
        title={t('channels.removed_from', 'You are no longer in “{name}”', { name })}
        onClose={close}
        footer={
          <Button variant="primary" autoFocus onPress={close}>
            {t('channels.removed_seen', 'OK')}
          </Button>
        }
      >
        <p>{t('channels.removed_why', 'Somebody removed you from the channel, or deleted it.')}</p>
      </Dialog>
    ),
    'removed',
  )
}
