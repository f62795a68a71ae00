import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { CloudOff } from '../ui/icons.ts'
import { useText } from './i18n.tsx'

/** How often (ms) a page that waits asks for the server by itself. */
const PAUSE = 3_000

/** The whole page while the server does not answer. Tries again by itself, at once when the network comes back. */
export function Unreachable({ onRetry }: { onRetry: () => Promise<void> }): ReactNode {
  const t = useText()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    const again = (): void => void onRetry()
    const timer = setInterval(again, PAUSE)
    window.addEventListener('online', again)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', again)
    }
  }, [onRetry])
  const retry = (): void => {
    setBusy(true)
    void onRetry().finally(() => setBusy(false))
  }
  return (
    <main style={{ display: 'grid', placeContent: 'center', minHeight: '100dvh' }}>
      <EmptyState
        icon={CloudOff}
        isPage
        title={t('shell.unreachable', 'The server does not answer')}
        action={
          <Button variant="primary" onPress={retry} pending={busy}>
            {t('shell.try_again', 'Try again')}
          </Button>
        }
        text={t('shell.unreachable_hint', 'This page tries again by itself. Nothing you have written is lost.')}
      />
    </main>
  )
}
