import type { ReactNode } from 'react'
import { savePreferences, usePreference } from '../../../client/preferences.ts'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { collapsesThreads } from '../../../store/posts.ts'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { saveNotifyProps, saving } from '../parts/save-me.ts'
import css from '../parts/Settings.module.css'
import { ThreadSwitch } from './LevelChoice.tsx'
import { useNotifyProp } from './use-notify-prop.ts'

/** Seconds, as the preference `notifications/email_interval` keeps them; 30 stands for "at once". */
const AT_ONCE = '30'
const QUARTER = '900'
const HOUR = '3600'
const NEVER = '0'

/** Mails about what I missed while I was away. */
export function EmailSettings(): ReactNode {
  const t = useText()
  const [email] = useNotifyProp('email', 'true')
  const batching = useStore((state) => state.config['EnableEmailBatching'] === 'true')
  const enabled = useStore((state) => state.config['SendEmailNotifications'] === 'true')
  const collapsed = useStore(collapsesThreads)
  const interval = usePreference('notifications', 'email_interval', batching ? QUARTER : AT_ONCE)
  if (!enabled)
    return <p className={css['note']}>{t('settings.mails_off', 'This server sends no notifications by e-mail.')}</p>
  const value = email === 'false' ? NEVER : batching ? interval : AT_ONCE
  const options = [
    { value: AT_ONCE, label: t('settings.mail_at_once', 'At once') },
    ...(batching
      ? [
          { value: QUARTER, label: t('settings.mail_quarter', 'Every 15 minutes') },
          { value: HOUR, label: t('settings.mail_hour', 'Every hour') },
        ]
      : []),
    { value: NEVER, label: t('settings.mail_never', 'Never') },
  ]
  return (
    <>
      <RadioGroup
        label={t('settings.mails_when', 'Send a mail for mentions and direct messages while I am away')}
        options={options}
        value={value}
        onChange={(next) => saving(save(next))}
      />
      {collapsed && value !== NEVER && <ThreadSwitch name="email_threads" />}
    </>
  )
}

async function save(interval: string): Promise<void> {
  await saveNotifyProps({ email: String(interval !== NEVER) })
  await savePreferences({ category: 'notifications', name: 'email_interval', value: interval })
}
