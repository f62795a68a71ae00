import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../../client/api.ts'
import { getState } from '../../../client/store.ts'
import { failureText } from '../../../shell/failure.ts'
import { FormDialog } from '../../../shell/FormDialog.tsx'
import { useText } from '../../../shell/i18n.tsx'
import { Banner } from '../../../ui/Banner.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import css from '../parts/Settings.module.css'
import { changeMfa } from './change-mfa.ts'

interface Secret {
  readonly secret: string
  /** PNG, base64 */
  readonly qr_code: string
}

/** Sets up an authenticator app: a picture to scan, or its text, and a code that proves it worked. */
export function MfaDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const [code, setCode] = useState('')
  const { secret, error } = useSecret()
  return (
    <FormDialog
      title={t('settings.mfa_title', 'Set up two-factor authentication')}
      submit={t('settings.mfa_confirm', 'Turn on')}
      disabled={!secret || !/^\d{6}$/.test(code.trim())}
      onSubmit={() => changeMfa(true, code.trim())}
      onClose={onClose}
    >
      {error && (
        <Banner tone="danger" urgent>
          {error}
        </Banner>
      )}
      {!error && <p>{t('settings.mfa_scan', 'Scan this picture with an authenticator app on your phone.')}</p>}
      {secret ? (
        <>
          <img
            className={css['qr']}
            src={`data:image/png;base64,${secret.qr_code}`}
            alt={t('settings.mfa_qr', 'QR code for the authenticator app')}
          />
          <p className={css['note']}>
            {t('settings.mfa_secret', 'If you cannot scan it, type this key into the app:')}
          </p>
          <p className={css['code']}>{secret.secret}</p>
        </>
      ) : (
        !error && <Skeleton lines={4} height={24} />
      )}
      <TextField
        label={t('settings.mfa_code', 'Code that the app shows')}
        value={code}
        onChange={setCode}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
      />
    </FormDialog>
  )
}

function useSecret(): { secret: Secret | undefined; error: string } {
  const [secret, setSecret] = useState<Secret>()
  const [error, setError] = useState('')
  useEffect(() => {
    let here = true
    api.generateMfaSecret(getState().me).then(
      (made) => here && setSecret(made),
      (failure: unknown) => here && setError(failureText(failure)),
    )
    return () => void (here = false)
  }, [])
  return { secret, error }
}
