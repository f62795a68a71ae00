import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { getState, useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { openDialog } from '../../shell/dialogs.tsx'
import { showFailure } from '../../shell/failure.ts'
import { usePlace } from '../../shell/place.ts'
import type { Id } from '../../store/state.ts'
import { Button } from '../../ui/Button.tsx'
import { MessageSquare, Settings, UserPlus } from '../../ui/icons.ts'
import { Popover } from '../../ui/Popover.tsx'
import { openDirect } from '../channels/open-channel.ts'
import { openSettings } from '../settings/open-settings.tsx'
import { channelsToAddTo } from './add-rights.ts'
import { AddToChannelDialog } from './dialogs.ts'
import { PersonDetails } from './PersonDetails.tsx'
import css from './Person.module.css'
import { closeProfile, useProfileCard } from './profile-card.ts'

/** The card of whoever was pressed last; stands once in the app. */
export function ProfileCardHost(): ReactNode {
  const t = useText()
  const open = useProfileCard((state) => state.open)
  const trigger = useMemo(() => ({ current: open?.anchor ?? null }), [open])
  if (!open) return null
  return (
    <Popover
      label={t('people.profile', 'Profile')}
      open
      onOpenChange={(stays) => !stays && closeProfile()}
      triggerRef={trigger}
      placement="right top"
      className={css['card']}
    >
      <PersonDetails userId={open.userId} />
      <Actions userId={open.userId} />
    </Popover>
  )
}

function Actions({ userId }: { userId: Id }): ReactNode {
  const t = useText()
  const me = useStore((state) => state.me)
  const gone = useStore((state) => (state.users[userId]?.delete_at ?? 0) > 0)
  const teamId = usePlace((place) => place.teamId)
  const mayAdd = useStore((state) => channelsToAddTo(state, teamId).length > 0)
  const then = (work: () => void) => (): void => {
    closeProfile()
    work()
  }
  if (userId === me) {
    return (
      <div className={css['actions']}>
        <Button icon={Settings} wide onPress={then(() => openSettings('profile'))}>
          {t('people.edit_profile', 'Edit profile')}
        </Button>
      </div>
    )
  }
  if (gone) return null
  return (
    <div className={css['actions']}>
      <Button
        variant="primary"
        icon={MessageSquare}
        wide
        onPress={then(() => void openDirect(userId).catch(showFailure))}
      >
        {t('people.write', 'Write')}
      </Button>
      {mayAdd && !getState().users[userId]?.is_bot && (
        <Button
          icon={UserPlus}
          wide
          onPress={then(
            () => void openDialog((close) => <AddToChannelDialog userId={userId} teamId={teamId} onClose={close} />),
          )}
        >
          {t('people.add_to_channel', 'Add to a channel')}
        </Button>
      )}
    </div>
  )
}
