import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { usePresence } from '../../client/people.ts'
import { useStore } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { signOut } from '../../shell/sign-out.ts'
import { displayName } from '../../store/names.ts'
import { Bell, Ban, Clock, Keyboard, LogOut, Moon, Settings, Smile, User, X } from '../../ui/icons.ts'
import { Menu, MenuItem, MenuSeparator, MenuTrigger, Submenu } from '../../ui/Menu.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { openSettings, openShortcuts } from '../settings/open-settings.tsx'
import { CustomStatusEmoji } from './CustomStatus.tsx'
import { customStatusOf } from './custom-status.ts'
import { CustomStatusDialog, DoNotDisturbDialog } from './dialogs.ts'
import { PersonAvatar, presenceWord } from './Person.tsx'
import css from './Person.module.css'
import { clearStatus, setPresence } from './set-presence.ts'

/** Myself, below the channels: how others see me, and what belongs to my account. */
export function MeMenu(): ReactNode {
  const t = useText()
  const me = useStore((state) => state.me)
  const name = useStore((state) => displayName(state, state.me))
  const presence = usePresence(me)
  const status = useStore((state) => Boolean(customStatusOf(state.users[state.me])))
  return (
    <MenuTrigger>
      <AriaButton className={css['me']}>
        <VisuallyHidden>{t('people.me', 'My account')}</VisuallyHidden>
        <PersonAvatar userId={me} size={32} presence />
        <span className={css['meName']}>
          {name}
          <small>{status ? <CustomStatusEmoji userId={me} withText /> : presenceWord(t, presence)}</small>
        </span>
      </AriaButton>
      <Menu label={t('people.me', 'My account')} placement="top start">
        <StatusItems hasStatus={status} />
        <MenuSeparator />
        <MenuItem icon={User} onAction={() => openSettings('profile')}>
          {t('people.profile_settings', 'Profile')}
        </MenuItem>
        <MenuItem icon={Settings} shortcut="Ctrl+Shift+A" onAction={() => openSettings()}>
          {t('people.settings', 'Settings')}
        </MenuItem>
        <MenuItem icon={Keyboard} shortcut="Ctrl+/" onAction={openShortcuts}>
          {t('people.shortcuts', 'Keyboard shortcuts')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={LogOut} onAction={() => void signOut()}>
          {t('people.sign_out', 'Sign out')}
        </MenuItem>
      </Menu>
    </MenuTrigger>
  )
}

function StatusItems({ hasStatus }: { hasStatus: boolean }): ReactNode {
  const t = useText()
  const allowed = useStore((state) => state.config['EnableCustomUserStatuses'] !== 'false')
  const run = (work: Promise<unknown>): void => void work.catch(showFailure)
  const dnd = (minutes: number) => () => run(setPresence('dnd', Date.now() + minutes * 60_000))
  return (
    <>
      {allowed && (
        <MenuItem icon={Smile} onAction={() => openDialog((close) => <CustomStatusDialog onClose={close} />)}>
          {t('people.set_status', 'Set a status')}
        </MenuItem>
      )}
      {allowed && hasStatus && (
        <MenuItem icon={X} onAction={() => run(clearStatus())}>
          {t('people.clear_status', 'Clear status')}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={Bell} onAction={() => run(setPresence('online'))}>
        {t('people.online', 'Online')}
      </MenuItem>
      <MenuItem icon={Clock} onAction={() => run(setPresence('away'))}>
        {t('people.away', 'Away')}
      </MenuItem>
      <Submenu icon={Moon} label={t('people.dnd', 'Do not disturb')}>
        <MenuItem onAction={() => run(setPresence('dnd'))}>{t('people.dnd_always', 'Until I change it')}</MenuItem>
        <MenuItem onAction={dnd(30)}>{t('people.half_hour', '30 minutes')}</MenuItem>
        <MenuItem onAction={dnd(60)}>{t('people.hour', '1 hour')}</MenuItem>
        <MenuItem onAction={dnd(120)}>{t('people.two_hours', '2 hours')}</MenuItem>
        <MenuItem onAction={() => run(setPresence('dnd', tomorrowMorning()))}>
          {t('people.tomorrow', 'Until tomorrow morning')}
        </MenuItem>
        <MenuItem onAction={() => openDialog((close) => <DoNotDisturbDialog onClose={close} />)}>
          {t('people.other_time', 'Another time…')}
        </MenuItem>
      </Submenu>
      <MenuItem icon={Ban} onAction={() => run(setPresence('offline'))}>
        {t('people.offline', 'Offline')}
      </MenuItem>
    </>
  )
}

/** Tomorrow at nine, by the clock of this machine. */
function tomorrowMorning(): number {
  const day = new Date()
  day.setDate(day.getDate() + 1)
  return day.setHours(9, 0, 0, 0)
}
