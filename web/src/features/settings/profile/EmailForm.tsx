import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { saveMe } from '../parts/save-me.ts'
import { SaveForm } from '../parts/SaveForm.tsx'
import { useFields } from '../parts/use-fields.ts'

/** My address. A new one needs the password, and where addresses are verified it holds only then. */
export function EmailForm(): ReactNode {
  const t = useText()
  const { email, auth_service: service } = useStore((state) => state.users[state.me]!)
  const verifies = useStore((state) => state.config['RequireEmailVerification'] === 'true')
  const { values, changed, set, reset } = useFields({ email, password: '' })
  if (service !== '') {
    return (
      <TextField
        label={t('settings.email_address', 'E-mail address')}
        value={email}
        onChange={() => undefined}
        disabled
        description={t('settings.from_provider', 'Comes from the account you sign in with.')}
      />
    )
  }
  const isNew = values.email.trim() !== email
  return (
    <SaveForm
      changed={changed && isNew}
      incomplete={values.password === '' || values.email.trim() === ''}
      onReset={reset}
      onSave={() => saveMe({ email: values.email.trim(), password: values.password }).then(reset)}
      saved={
        verifies
          ? t('settings.email_sent', 'We have sent a mail to the new address. It holds once you follow the link in it.')
          : undefined
      }
    >
      <TextField
        label={t('settings.email_address', 'E-mail address')}
        type="email"
        value={values.email}
        onChange={set('email')}
        maxLength={128}
        autoComplete="email"
        description={t('settings.email_hint', 'You sign in with it, and get notifications and new passwords there.')}
      />
      {isNew && (
        <TextField
          label={t('settings.email_password', 'Your password, to change the address')}
          type="password"
          value={values.password}
          onChange={set('password')}
          autoComplete="current-password"
        />
      )}
    </SaveForm>
  )
}
