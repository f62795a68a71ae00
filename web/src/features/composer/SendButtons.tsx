import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { CalendarClock, ChevronDown, SendHorizontal } from '../../ui/icons.ts'
import { Menu, MenuItem, MenuTrigger } from '../../ui/Menu.tsx'
import type { Place } from '../drafts/drafts.ts'
import css from './Composer.module.css'
import { askWhenToSend, scheduleDraft } from './schedule/schedule-draft.tsx'
import { scheduleTimes } from './schedule/schedule-times.ts'

interface Props {
  readonly place: Place
  readonly disabled: boolean
  readonly onSend: () => void
}

/** Sends now, or with the menu beside it at another time. */
export function SendButtons({ place, disabled, onSend }: Props): ReactNode {
  const t = useText()
  const schedules = useStore((state) => state.config['ScheduledPosts'] === 'true')
  return (
    <span className={css['send']}>
      <IconButton
        size="s"
        variant={disabled ? 'quiet' : 'primary'}
        icon={SendHorizontal}
        label={t('composer.send', 'Send')}
        disabled={disabled}
        preventFocusOnPress
        onPress={onSend}
      />
      {schedules && (
        <MenuTrigger>
          <IconButton
            size="s"
            icon={ChevronDown}
            label={t('composer.send_later', 'Send later')}
            disabled={disabled}
            className={css['later']}
          />
          <Menu label={t('composer.send_later', 'Send later')} placement="top end">
            <Times place={place} />
          </Menu>
        </MenuTrigger>
      )}
    </span>
  )
}

/** Times are counted from when the menu opens. */
function Times({ place }: { place: Place }): ReactNode {
  const t = useText()
  return (
    <>
      {scheduleTimes(t, Date.now()).map(({ id, label, at }) => (
        <MenuItem key={id} icon={CalendarClock} onAction={() => void scheduleDraft(place, at).catch(showFailure)}>
          {label}
        </MenuItem>
      ))}
      <MenuItem icon={CalendarClock} onAction={() => askWhenToSend(place)}>
        {t('composer.other_time', 'Another time…')}
      </MenuItem>
    </>
  )
}
