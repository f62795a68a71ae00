import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { TermsOfService } from '@mattermost/types/terms_of_service'
import { api, errorId } from '../../client/api.ts'
import { failureText } from '../../shell/failure.ts'
import { signOut } from '../../shell/sign-out.ts'
import { useText } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FileText } from '../../ui/icons.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import { BARE_CONTEXT } from '../markdown/context.ts'
import { Markdown } from '../markdown/Markdown.tsx'
import css from './Account.module.css'
import { Alert } from './Alert.tsx'
import { enter, ownPath } from './go-on.ts'
import { InnerLink } from './InnerLink.tsx'
import { useSearchParams } from 'react-router'
import { useSubmit } from './use-submit.ts'

/** `/terms_of_service`: the server's own terms, agreed to before anything else. */
export default function TermsPage(): ReactNode {
  const t = useText()
  const [query] = useSearchParams()
  const [terms, setTerms] = useState<TermsOfService | null>()
  const submit = useSubmit(async () => {
    if (!terms) return
    await api.updateMyTermsOfServiceStatus(terms.id, true)
    enter(ownPath(query.get('redirect_to')))
  })
  const { setError } = submit
  useEffect(() => {
    api.getTermsOfService().then(setTerms, (error: Error) => {
      if (errorId(error) === 'app.terms_of_service.get.no_rows.app_error') setTerms(null)
      else setError(failureText(error))
    })
    // oxlint-disable-next-line react/exhaustive-deps -- once
  }, [])
  const refuse = async (): Promise<void> => {
    if (terms) await api.updateMyTermsOfServiceStatus(terms.id, false).catch(() => undefined)
    await signOut()
  }
  if (terms === null) return <NoTerms />
  return (
    <AccountLayout title={t('terms.title', 'Terms of service')}>
      {terms ? (
        <div className={css['terms']} tabIndex={0} role="region" aria-label={t('terms.title', 'Terms of service')}>
          <Markdown text={terms.text} context={BARE_CONTEXT} />
        </div>
      ) : (
        !submit.error && <Skeleton lines={6} height={16} className={css['terms']} />
      )}
      <Alert text={submit.error} />
      <form onSubmit={submit.onSubmit} className={css['actions']}>
        <Button type="submit" variant="primary" size="l" wide pending={submit.busy} disabled={!terms}>
          {t('terms.agree', 'I agree')}
        </Button>
        <Button size="l" wide onPress={() => void refuse()}>
          {t('terms.refuse', 'I do not agree')}
        </Button>
      </form>
    </AccountLayout>
  )
}

/** A link that somebody kept, or wrote by hand. */
function NoTerms(): ReactNode {
  const t = useText()
  return (
    <AccountLayout
      title={t('terms.title', 'Terms of service')}
      after={<InnerLink to="/">{t('error.back', 'Back to the start')}</InnerLink>}
    >
      <EmptyState
        icon={FileText}
        title={t('terms.none', 'This server has no terms of service')}
        text={t(
          'terms.none_hint',
          'If your organization sets terms for this server, they appear here. For now there is nothing to agree to.',
        )}
        className={css['nothing']}
      />
    </AccountLayout>
  )
}
