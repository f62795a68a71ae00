import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { openDialog } from '../../../shell/dialogs.tsx'
import { failureText } from '../../../shell/failure.ts'
import { useText } from '../../../shell/i18n.tsx'
import { Badge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import css from '../parts/Settings.module.css'
import { changeMfa } from './change-mfa.ts'
import { MfaDialog } from './MfaDialog.tsx'

/** Whether a second factor is asked of me, and switching it on and off. */
export function MfaSettings(): ReactNode {
  const t = useText()
  const active = useStore((state) => state.users[state.me]?.mfa_active ?? false)
  const enforced = useStore((state) => state.config['EnforceMultifactorAuthentication'] === 'true')
  return (
    <div className={css['row']}>
      <span className={css['rowText']}>
        {active ? (
          <Badge tone="success">{t('settings.mfa_on', 'On')}</Badge>
        ) : (
          <Badge>{t('settings.mfa_off', 'Off')}</Badge>
        )}
        {active && enforced && <small>{t('settings.mfa_enforced', 'Everybody on this server needs it.')}</small>}
      </span>
      {!active && (
        <Button onPress={() => openDialog((close) => <MfaDialog onClose={close} />)}>
          {t('settings.mfa_set_up', 'Set up')}
        </Button>
      )}
      {active && !enforced && (
        <Button variant="quiet" onPress={() => openDialog((close) => <TurnOffDialog onClose={close} />)}>
          {t('settings.mfa_turn_off', 'Turn off')}
        </Button>
      )}
      {active && enforced && (
        <Button onPress={() => openDialog((close) => <MfaDialog onClose={close} />)}>
          {t('settings.mfa_renew', 'Set up anew')}
        </Button>
      )}
    </div>
  )
}

function TurnOffDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  return (
    <ConfirmDialog
      title={t('settings.mfa_off_title', 'Turn off two-factor authentication?')}
      confirmLabel={t('settings.mfa_turn_off', 'Turn off')}
      danger
      onConfirm={() => changeMfa(false)}
      errorText={failureText}
      onClose={onClose}
    >
      {t('settings.mfa_off_text', 'Whoever learns your password can then sign in as you.')}
    </ConfirmDialog>
  )
}
