import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { api } from '../../client/api.ts'
import { useText } from '../../shell/i18n.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import css from './Account.module.css'
import { InnerLink } from './InnerLink.tsx'

/** `/do_verify_email?token=…`: the link of the mail. */
export default function VerifyPage(): ReactNode {
  const t = useText()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const [error, setError] = useState('')
  const token = query.get('token') ?? ''
  useEffect(() => {
    api.verifyUserEmail(token).then(
      () => navigate('/login?extra=verified', { replace: true }),
      (failure: Error) => setError(failure.message),
    )
  }, [token, navigate])
  const email = encodeURIComponent(query.get('email') ?? '')
  return (
    <AccountLayout
      title={t('verify.title', 'Confirm your e-mail address')}
      after={
        error && <InnerLink to={`/should_verify_email?email=${email}`}>{t('verify.resend', 'Send it again')}</InnerLink>
      }
    >
      {error ? (
        <p role="alert" className={css['alert']}>
          {error}
        </p>
      ) : (
        <Spinner />
      )}
    </AccountLayout>
  )
}
