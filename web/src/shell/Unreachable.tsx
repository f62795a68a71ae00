import { useState } from 'react'
import type { ReactNode } from 'react'
import { useText } from './i18n.tsx'

/** The whole page while the server does not answer. */
export function Unreachable({ onRetry }: { onRetry: () => Promise<void> }): ReactNode {
  const t = useText()
  const [busy, setBusy] = useState(false)
  const retry = (): void => {
    setBusy(true)
    void onRetry().finally(() => setBusy(false))
  }
  return (
    <main className="page-message">
      <h1>{t('shell.unreachable', 'The server does not answer')}</h1>
      <p>{t('shell.unreachable_hint', 'Check your connection, then try again. Nothing you have written is lost.')}</p>
      <button type="button" onClick={retry} disabled={busy}>
        {t('shell.try_again', 'Try again')}
      </button>
    </main>
  )
}
