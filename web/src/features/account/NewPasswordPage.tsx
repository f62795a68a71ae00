import { useState } from 'react'
import type { ReactNode } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { api } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import css from './Account.module.css'
import { InnerLink } from './InnerLink.tsx'
import { passwordRule } from './password-rule.ts'
import { useSubmit } from './use-submit.ts'

/** `/reset_password_complete?token=…`: the link of the mail. */
export default function NewPasswordPage(): ReactNode {
  const t = useText()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const config = useStore((state) => state.config)
  const [password, setPassword] = useState('')
  const submit = useSubmit(async () => {
    await api.resetUserPassword(query.get('token') ?? '', password)
    await navigate('/login?extra=password_change', { replace: true })
  })
  return (
    <AccountLayout
      title={t('reset.new_title', 'Choose a new password')}
      after={<InnerLink to="/reset_password">{t('reset.again', 'Ask for another link')}</InnerLink>}
    >
      <form onSubmit={submit.onSubmit} className={css['form']}>
        <TextField
          label={t('reset.new_password', 'New password')}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          autoFocus
          required
          description={passwordRule(t, config)}
          error={submit.error || undefined}
        />
        <Button type="submit" variant="primary" size="l" wide pending={submit.busy}>
          {t('reset.save', 'Save password')}
        </Button>
      </form>
    </AccountLayout>
  )
}
