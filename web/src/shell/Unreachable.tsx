import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { CloudOff } from '../ui/icons.ts'
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
    <main style={{ display: 'grid', placeContent: 'center', minHeight: '100dvh' }}>
      <EmptyState
        icon={CloudOff}
        title={t('shell.unreachable', 'The server does not answer')}
        action={
          <Button variant="primary" onPress={retry} pending={busy}>
            {t('shell.try_again', 'Try again')}
          </Button>
        }
        text={t('shell.unreachable_hint', 'Check your connection, then try again. Nothing you have written is lost.')}
      />
    </main>
  )
}
