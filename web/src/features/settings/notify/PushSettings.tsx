import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { collapsesThreads } from '../../../store/posts.ts'
import { Select } from '../../../ui/Select.tsx'
import { LevelChoice, ThreadSwitch } from './LevelChoice.tsx'
import { useNotifyProp } from './use-notify-prop.ts'

/** Notifications of the mobile app. */
export function PushSettings(): ReactNode {
  const t = useText()
  const [level] = useNotifyProp('push', 'mention')
  const [status, setStatus] = useNotifyProp('push_status', 'online')
  const collapsed = useStore(collapsesThreads)
  const options = [
    { value: 'online', label: t('settings.push_always', 'Always') },
    { value: 'away', label: t('settings.push_away', 'While I am away or offline') },
    { value: 'offline', label: t('settings.push_offline', 'While I am offline') },
  ]
  return (
    <>
      <LevelChoice name="push" />
      {collapsed && level === 'mention' && <ThreadSwitch name="push_threads" />}
      {level !== 'none' && (
        <Select label={t('settings.push_when', 'When')} value={status} options={options} onChange={setStatus} />
      )}
    </>
  )
}
