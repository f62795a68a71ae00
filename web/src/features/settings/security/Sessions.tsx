import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Session } from '@mattermost/types/sessions'
import { api } from '../../../client/api.ts'
import type { ApiError } from '../../../client/api.ts'
import { getState } from '../../../client/store.ts'
import { useDates } from '../../../shell/dates.ts'
import { openDialog } from '../../../shell/dialogs.tsx'
import { failureText, showFailure } from '../../../shell/failure.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Text } from '../../../shell/i18n.tsx'
import { signOut } from '../../../shell/sign-out.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Key, Monitor, Smartphone, Webhook } from '../../../ui/icons.ts'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import css from '../parts/Settings.module.css'
import { useLoaded } from './use-loaded.ts'

/** This browser first; the others as the server has them, the last used first. */
const load = async (): Promise<Session[]> =>
  (await api.getSessions(getState().me)).toSorted((a, b) => Number(isCurrent(b)) - Number(isCurrent(a)))

/** Every device and program that is signed in as me. */
export function Sessions(): ReactNode {
  const t = useText()
  const { data: sessions, error, reload } = useLoaded(load)
  if (error) {
    return (
      <ErrorNotice title={error} action={{ label: t('shell.try_again', 'Try again'), onPress: () => void reload() }} />
    )
  }
  if (!sessions) return <Skeleton lines={3} height={32} />
  return (
    <>
      <ul className={css['list']}>
        {sessions.map((session) => (
          <li key={session.id}>
            <SessionRow session={session} onEnd={reload} />
          </li>
        ))}
      </ul>
      <div className={css['buttons']}>
        <Button variant="danger" onPress={() => openDialog((close) => <SignOutDialog onClose={close} />)}>
          {t('settings.sign_out_all', 'Sign out everywhere')}
        </Button>
      </div>
    </>
  )
}

function SessionRow({ session, onEnd }: { session: Session; onEnd: () => Promise<void> }): ReactNode {
  const t = useText()
  const dates = useDates()
  const [busy, setBusy] = useState(false)
  const end = async (): Promise<void> => {
    if (isCurrent(session)) return signOut()
    setBusy(true)
    try {
      await api.revokeSession(getState().me, session.id)
      await api.getMe()
      await onEnd()
    } catch (error) {
      // It was the session of this very page.
      if ((error as ApiError).status_code === 401) return signOut()
      showFailure(error)
    }
    setBusy(false)
  }
  const name = nameOf(t, session)
  return (
    <div className={css['row']}>
      <Icon icon={iconOf(session)} />
      <span className={css['rowText']}>
        {name} {isCurrent(session) && <Badge tone="success">{t('settings.this_device', 'This device')}</Badge>}
        <small title={dates.full(session.last_activity_at)}>
          {t('settings.session_times', 'Last used: {used} · signed in: {since}', {
            used: dates.short(session.last_activity_at),
            since: dates.short(session.create_at),
          })}
        </small>
      </span>
      <Button
        size="s"
        pending={busy}
        onPress={() => void end()}
        aria-label={t('settings.sign_out_of', 'Sign out: {name}', { name })}
      >
        {t('settings.sign_out', 'Sign out')}
      </Button>
    </div>
  )
}

/** Servers that do not tell it leave all of them unmarked. */
const isCurrent = ({ props }: Session): boolean => props['current'] === 'true'

const isToken = ({ props }: Session): boolean => props['type'] === 'UserAccessToken'

function iconOf(session: Session) {
  if (isToken(session)) return Key
  if (session.is_oauth) return Webhook
  return session.device_id ? Smartphone : Monitor
}

function nameOf(t: Text, session: Session): string {
  if (isToken(session)) return t('settings.session_token', 'Personal access token')
  if (session.is_oauth) return t('settings.session_app', 'An application')
  const { os, platform, browser } = session.props as Record<string, string | undefined>
  const known = [browser, os ?? platform].filter((one) => one && one !== 'Unknown')
  if (session.device_id) return [t('settings.session_phone', 'Mobile app'), ...known].join(' · ')
  return known.length > 0 ? known.join(' · ') : t('settings.session_unknown', 'Unknown device')
}

function SignOutDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const end = async (): Promise<void> => {
    await api.revokeAllSessionsForUser(getState().me)
    await signOut()
  }
  return (
    <ConfirmDialog
      title={t('settings.sign_out_all_title', 'Sign out everywhere?')}
      confirmLabel={t('settings.sign_out_all', 'Sign out everywhere')}
      danger
      onConfirm={end}
      errorText={failureText}
      onClose={onClose}
    >
      {t('settings.sign_out_all_text', 'All your devices have to sign in again, this one too.')}
    </ConfirmDialog>
  )
}
