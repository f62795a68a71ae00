import { useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../../client/api.ts'
import { getState } from '../../../client/store.ts'
import { openDialog } from '../../../shell/dialogs.tsx'
import { FormDialog } from '../../../shell/FormDialog.tsx'
import { useText } from '../../../shell/i18n.tsx'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Copy } from '../../../ui/icons.ts'
import { TextField } from '../../../ui/TextField.tsx'
import { showToast } from '../../../ui/toasts.ts'
import css from '../parts/Settings.module.css'

interface Props {
  readonly onMade: () => Promise<void>
  readonly onClose: () => void
}

/** Makes a token and then shows its secret, which nobody sees ever again. */
export function NewTokenDialog({ onMade, onClose }: Props): ReactNode {
  const t = useText()
  const [description, setDescription] = useState('')
  const make = async (): Promise<void> => {
    const { token } = await api.createUserAccessToken(getState().me, description.trim())
    openDialog((close) => <SecretDialog secret={token ?? ''} onClose={close} />)
    void onMade()
  }
  return (
    <FormDialog
      title={t('settings.token_new', 'New token')}
      submit={t('settings.token_make', 'Create')}
      disabled={description.trim() === ''}
      onSubmit={make}
      onClose={onClose}
    >
      <TextField
        label={t('settings.token_description', 'What it is for')}
        value={description}
        onChange={setDescription}
        maxLength={255}
        autoFocus
      />
    </FormDialog>
  )
}

function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }): ReactNode {
  const t = useText()
  const copy = (): void => {
    void navigator.clipboard
      .writeText(secret)
      .then(() => showToast(t('settings.token_copied', 'Token copied'), { tone: 'success' }))
  }
  const footer = (
    <>
      <Button icon={Copy} onPress={copy}>
        {t('settings.copy', 'Copy')}
      </Button>
      <Button variant="primary" onPress={onClose} autoFocus>
        {t('settings.token_noted', 'I have noted it')}
      </Button>
    </>
  )
  return (
    <Dialog title={t('settings.token_made', 'Your new token')} onClose={onClose} persistent footer={footer}>
      <div className={css['form']}>
        <Banner tone="warning">{t('settings.token_once', 'It is shown this once only. Copy it now.')}</Banner>
        <p className={css['code']}>{secret}</p>
      </div>
    </Dialog>
  )
}
