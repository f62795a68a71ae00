import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { useNotifyProp } from './use-notify-prop.ts'

/** Of what I am told: everything, what concerns me, nothing. */
export function LevelChoice({ name }: { name: 'desktop' | 'push' }): ReactNode {
  const t = useText()
  const [level, setLevel] = useNotifyProp(name, 'mention')
  const options = [
    { value: 'all', label: t('settings.level_all', 'All new messages') },
    { value: 'mention', label: t('settings.level_mention', 'Mentions, direct messages and keywords') },
    { value: 'none', label: t('settings.level_none', 'Nothing') },
  ]
  return <RadioGroup label={t('settings.level', 'Notify me of')} options={options} value={level} onChange={setLevel} />
}

/** Whether replies in threads that I follow are news, besides those that mention me. */
export function ThreadSwitch({ name }: { name: 'desktop_threads' | 'push_threads' | 'email_threads' }): ReactNode {
  const t = useText()
  const [level, setLevel] = useNotifyProp(name, 'all')
  return (
    <Switch checked={level === 'all'} onChange={(on) => setLevel(on ? 'all' : 'mention')}>
      {t('settings.followed_threads', 'Also of replies in threads that I follow')}
    </Switch>
  )
}
