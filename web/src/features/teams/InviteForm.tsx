import { useState } from 'react'
import type { ReactNode } from 'react'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import { DialogFooter } from '../../ui/DialogFooter.tsx'
import type { InviteResult } from './addresses.ts'
import css from './Teams.module.css'

interface Props {
  readonly disabled: boolean
  readonly onSend: () => Promise<void>
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The form of a tab of the dialog. */
export function InviteForm(props: Props): ReactNode {
  const t = useText()
  const [busy, setBusy] = useState(false)
  const send = (): void => {
    setBusy(true)
    void props
      .onSend()
      .catch(showFailure)
      .finally(() => setBusy(false))
  }
  return (
    <div className={css['results']}>
      {props.children}
      <DialogFooter>
        <DialogButtons onCancel={props.onClose} pending={busy}>
          <Button variant="primary" pending={busy} disabled={props.disabled} onPress={send}>
            {t('teams.send', 'Invite')}
          </Button>
        </DialogButtons>
      </DialogFooter>
    </div>
  )
}

/** What became of each invitation. */
export function Results({ results, onClose }: { results: readonly InviteResult[]; onClose: () => void }): ReactNode {
  const t = useText()
  const sent = results.filter(({ error }) => !error)
  return (
    <div className={css['results']}>
      {sent.length > 0 && (
        <Banner
          tone="success"
          title={t('teams.sent', '{count, plural, one {# invitation is} other {# invitations are}} on the way', {
            count: sent.length,
          })}
        >
          {sent.map(({ email }) => email).join(', ')}
        </Banner>
      )}
      {results
        .filter(({ error }) => error)
        .map(({ email, error }) => (
          <Banner key={email} tone="danger" title={email}>
            {error?.message}
          </Banner>
        ))}
      <DialogFooter>
        <Button variant="primary" onPress={onClose}>
          {t('teams.done', 'Done')}
        </Button>
      </DialogFooter>
    </div>
  )
}
