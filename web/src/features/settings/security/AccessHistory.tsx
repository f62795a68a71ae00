import type { ReactNode } from 'react'
import { useState } from 'react'
import type { Audit } from '@mattermost/types/audits'
import { api } from '../../../client/api.ts'
import { getState } from '../../../client/store.ts'
import { useDates } from '../../../shell/dates.ts'
import { useText } from '../../../shell/i18n.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import css from '../parts/Settings.module.css'
import { useLoaded } from './use-loaded.ts'

/** What was done with my account, the newest first: shown when asked for. */
export function AccessHistory(): ReactNode {
  const t = useText()
  const [open, setOpen] = useState(false)
  if (open) return <History />
  return (
    <div className={css['buttons']}>
      <Button onPress={() => setOpen(true)}>{t('settings.history_show', 'Show what was done with my account')}</Button>
    </div>
  )
}

const load = (): Promise<Audit[]> => api.getUserAudits(getState().me, 0, 30)

function History(): ReactNode {
  const t = useText()
  const dates = useDates()
  const { data: audits, error, reload } = useLoaded(load)
  if (error)
    return (
      <ErrorNotice title={error} action={{ label: t('shell.try_again', 'Try again'), onPress: () => void reload() }} />
    )
  if (!audits) return <Skeleton lines={4} height={20} />
  return (
    <ul className={css['list']} aria-label={t('settings.history', 'Recent activity')}>
      {audits.map((audit) => (
        <li key={audit.id} className={css['rowText']}>
          {audit.action.replace(/^\/api\/v4/, '')} {audit.extra_info}
          <small>{[dates.full(audit.create_at), audit.ip_address].filter(Boolean).join(' · ')}</small>
        </li>
      ))}
    </ul>
  )
}
