import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { collapsesThreads } from '../../../store/posts.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Volume2 } from '../../../ui/icons.ts'
import { Select } from '../../../ui/Select.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { requestPermission, usePermission } from '../../notifications/permission.ts'
import { playSound, soundOf, SOUNDS } from '../../notifications/sounds.ts'
import css from './notify.module.css'
import { LevelChoice, ThreadSwitch } from './LevelChoice.tsx'
import { useNotifyProp } from './use-notify-prop.ts'

/** Notifications of this browser: whether it shows them, of what, and with which sound. */
export function DesktopSettings(): ReactNode {
  const [level] = useNotifyProp('desktop', 'mention')
  const collapsed = useStore(collapsesThreads)
  return (
    <>
      <PermissionNote />
      <LevelChoice name="desktop" />
      {collapsed && level === 'mention' && <ThreadSwitch name="desktop_threads" />}
      {level !== 'none' && <SoundChoice />}
    </>
  )
}

function PermissionNote(): ReactNode {
  const t = useText()
  const permission = usePermission()
  if (permission === 'granted') return null
  if (permission === 'default') {
    const ask = (
      <Button size="s" onPress={() => void requestPermission()}>
        {t('notifications.turn_on', 'Turn on')}
      </Button>
    )
    return <Banner action={ask}>{t('settings.not_asked', 'This browser does not show notifications yet.')}</Banner>
  }
  return (
    <Banner tone="warning">
      {permission === 'denied'
        ? t(
            'settings.blocked',
            'This browser blocks notifications of this site. Allow them in the browser’s own settings for this site.',
          )
        : t(
            'settings.unsupported',
            'This browser shows no notifications here. It needs a secure connection (https) for them.',
          )}
    </Banner>
  )
}

function SoundChoice(): ReactNode {
  const t = useText()
  const [on, setOn] = useNotifyProp('desktop_sound', 'true')
  const [sound, setSound] = useNotifyProp('desktop_notification_sound', 'Bing')
  const names: Record<(typeof SOUNDS)[number], string> = {
    Bing: t('settings.sound_bing', 'Bing'),
    Crackle: t('settings.sound_crackle', 'Crackle'),
    Down: t('settings.sound_down', 'Down'),
    Hello: t('settings.sound_hello', 'Hello'),
    Ripple: t('settings.sound_ripple', 'Ripple'),
    Upstairs: t('settings.sound_upstairs', 'Upstairs'),
  }
  const choose = (next: string): void => {
    setSound(next)
    playSound(soundOf(next))
  }
  return (
    <>
      <Switch checked={on === 'true'} onChange={(next) => setOn(String(next))}>
        {t('settings.sound', 'With a sound')}
      </Switch>
      {on === 'true' && (
        <div className={css['sound']}>
          <Select
            label={t('settings.sound_name', 'Sound')}
            value={soundOf(sound)}
            options={SOUNDS.map((value) => ({ value, label: names[value] }))}
            onChange={choose}
          />
          <IconButton
            icon={Volume2}
            label={t('settings.sound_play', 'Play the sound')}
            onPress={() => playSound(soundOf(sound))}
          />
        </div>
      )}
    </>
  )
}
