import { useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { useText } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import css from './Account.module.css'
import { InnerLink } from './InnerLink.tsx'
import { useSubmit } from './use-submit.ts'

/** `/reset_password`: asks for a link by mail. Says the same whether or not there is such an account. */
export default function ForgottenPage(): ReactNode {
  const t = useText()
  const [email, setEmail] = useState('')
  const [sent, setSent] = useState(false)
  const submit = useSubmit(async () => {
    await api.sendPasswordResetEmail(email.trim())
    setSent(true)
  })
  const lead = t('reset.lead', 'We send a link to your e-mail address, by which you choose a new one.')
  return (
    <AccountLayout
      title={t('reset.title', 'Forgotten your password?')}
      lead={!sent && lead}
      after={<InnerLink to="/login">{t('reset.back', 'Back to sign in')}</InnerLink>}
    >
      {sent ? (
        <p role="status" className={css['notice']}>
          {t('reset.sent', 'If {email} belongs to an account, a link is on its way. It is valid for 24 hours.', {
            email,
          })}
        </p>
      ) : (
        <form onSubmit={submit.onSubmit} className={css['form']}>
          <TextField
            label={t('reset.email', 'E-mail')}
            type="email"
            value={email}
            onChange={setEmail}
            autoComplete="email"
            autoFocus
            required
            error={submit.error || undefined}
          />
          <Button type="submit" variant="primary" size="l" wide pending={submit.busy}>
            {t('reset.submit', 'Send link')}
          </Button>
        </form>
      )}
    </AccountLayout>
  )
}
