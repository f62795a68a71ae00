import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { MfaSecret } from '@mattermost/types/mfa'
import { api } from '../../client/api.ts'
import { getState } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import css from './Account.module.css'
import { enter } from './go-on.ts'
import { useSubmit } from './use-submit.ts'

/** `/mfa/setup`: where the server demands a second factor, before anything else. */
export default function MfaPage(): ReactNode {
  const t = useText()
  const { me } = getState()
  const [secret, setSecret] = useState<MfaSecret>()
  const [code, setCode] = useState('')
  const submit = useSubmit(async () => {
    await api.updateUserMfa(me, true, code.replace(/\s/g, ''))
    enter('/')
  })
  const { setError } = submit
  useEffect(() => {
    api.generateMfaSecret(me).then(setSecret, (error: Error) => setError(error.message))
    // Asked for once: each answer makes the one before useless.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [me])
  const lead = t(
    'mfa.lead',
    'This server asks for a second factor. Scan the code with an authenticator app, then enter the six digits that it shows.',
  )
  return (
    <AccountLayout title={t('mfa.title', 'Set up multi-factor sign-in')} lead={lead}>
      {secret && (
        <>
          <img className={css['qr']} src={`data:image/png;base64,${secret.qr_code}`} alt={t('mfa.qr', 'QR code')} />
          <code className={css['secret']}>{secret.secret}</code>
        </>
      )}
      <form onSubmit={submit.onSubmit} className={css['form']}>
        <TextField
          label={t('mfa.code', 'Code')}
          value={code}
          onChange={setCode}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          required
          error={submit.error || undefined}
        />
        <Button type="submit" variant="primary" size="l" wide pending={submit.busy}>
          {t('mfa.submit', 'Confirm')}
        </Button>
      </form>
    </AccountLayout>
  )
}
