import type { ReactNode } from 'react'
import { api } from '../../../client/api.ts'
import { getState, useStore } from '../../../client/store.ts'
import { useDates } from '../../../shell/dates.ts'
import { useText } from '../../../shell/i18n.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { passwordRule } from '../../account/password-rule.ts'
import { SaveForm } from '../parts/SaveForm.tsx'
import { useFields } from '../parts/use-fields.ts'

/** A new password, with the old one. */
export function PasswordForm(): ReactNode {
  const t = useText()
  const dates = useDates()
  const config = useStore((state) => state.config)
  const changedAt = useStore((state) => state.users[state.me]?.last_password_update ?? 0)
  const { values, changed, set, reset } = useFields({ current: '', next: '' })
  const save = async (): Promise<void> => {
    await api.updateUserPassword(getState().me, values.current, values.next)
    reset()
  }
  return (
    <SaveForm
      changed={changed}
      incomplete={values.current === '' || values.next === ''}
      onReset={reset}
      onSave={save}
      verb={t('settings.change_password', 'Change password')}
      saved={t('settings.password_changed', 'Your password is changed.')}
    >
      <TextField
        label={t('settings.current_password', 'Current password')}
        type="password"
        value={values.current}
        onChange={set('current')}
        autoComplete="current-password"
        description={
          changedAt > 0
            ? t('settings.password_age', 'Last changed: {date}', { date: dates.full(changedAt) })
            : undefined
        }
      />
      <TextField
        label={t('settings.new_password', 'New password')}
        type="password"
        value={values.next}
        onChange={set('next')}
        autoComplete="new-password"
        description={passwordRule(t, config)}
      />
    </SaveForm>
  )
}
