import { useState } from 'react'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { api } from '../../client/api.ts'
import { useText } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import css from './Account.module.css'
import { InnerLink } from './InnerLink.tsx'
import { useSubmit } from './use-submit.ts'

/** `/should_verify_email`: the account is made, its address has still to be confirmed. */
export default function UnverifiedPage(): ReactNode {
  const t = useText()
  const [query] = useSearchParams()
  const [email, setEmail] = useState(query.get('email') ?? '')
  const [sent, setSent] = useState(false)
  const submit = useSubmit(async () => {
    await api.sendVerificationEmail(email.trim())
    setSent(true)
  })
  const lead = t('verify.lead', 'Open the link that we have sent to your address. It is valid for 24 hours.')
  return (
    <AccountLayout
      title={t('verify.title', 'Confirm your e-mail address')}
      lead={lead}
      after={<InnerLink to="/login">{t('reset.back', 'Back to sign in')}</InnerLink>}
    >
      <form onSubmit={submit.onSubmit} className={css['form']}>
        <TextField
          label={t('verify.email', 'E-mail')}
          type="email"
          value={email}
          onChange={setEmail}
          autoComplete="email"
          required
          error={submit.error || undefined}
        />
        {sent && (
          <p role="status" className={css['notice']}>
            {t('verify.sent', 'The link is on its way again.')}
          </p>
        )}
        <Button type="submit" size="l" wide pending={submit.busy}>
          {t('verify.resend', 'Send it again')}
        </Button>
      </form>
    </AccountLayout>
  )
}
