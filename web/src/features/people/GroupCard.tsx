import { useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { failureText } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Group, User } from '../../store/entities.ts'
import type { Id } from '../../store/state.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Settings, UsersRound } from '../../ui/icons.ts'
import { Popover } from '../../ui/Popover.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { GroupDialog } from '../groups/dialogs.ts'
import { useGroupNews } from '../groups/group-news.ts'
import { useGroupRights } from '../groups/group-rights.ts'
import { closeGroup, useGroupCard } from './group-card.ts'
import { groupMembers } from './group-members.ts'
import { openProfile } from './profile-card.ts'
import { PersonOption } from './PeoplePicker.tsx'
import css from './GroupCard.module.css'

/** The card of the group whose mention was pressed last: what it is called and who is in it. */
export default function GroupCard(): ReactNode {
  const t = useText()
  const open = useGroupCard((state) => state.open)
  const trigger = useMemo(() => ({ current: open?.anchor ?? null }), [open])
  if (!open) return null
  return (
    <Popover
      label={t('people.group', 'Group')}
      open
      onOpenChange={(stays) => !stays && closeGroup()}
      triggerRef={trigger}
      placement="bottom start"
      className={css['card']}
    >
      <Details key={open.groupId} groupId={open.groupId} anchor={open.anchor} />
    </Popover>
  )
}

function Details({ groupId, anchor }: { groupId: Id; anchor: Element }): ReactNode {
  const t = useText()
  const group = useStore((state) => state.groups[groupId])
  const mine = useStore((state) => state.myGroups.includes(groupId))
  const { members, error } = useMembers(groupId)
  return (
    <div className={css['details']}>
      <div className={css['title']}>
        <span className={css['icon']}>
          <Icon icon={UsersRound} size="l" />
        </span>
        <span className={css['names']}>
          <strong>{group?.display_name || group?.name}</strong>
          <span className={css['muted']}>@{group?.name}</span>
          <span className={css['facts']}>
            {members &&
              t('people.member_count', '{count, plural, one {# member} other {# members}}', { count: members.length })}
            {mine && <Badge tone="accent">{t('people.in_group', 'You are in it')}</Badge>}
          </span>
        </span>
        {group && <Manage group={group} />}
      </div>
      {group?.description && <p className={css['muted']}>{group.description}</p>}
      {error && <p role="alert">{error}</p>}
      {!members && !error && <Skeleton lines={3} height={18} avatar={24} />}
      {members?.length === 0 && <p className={css['muted']}>{t('people.empty_group', 'Nobody is in it yet.')}</p>}
      {members && members.length > 0 && <Members members={members} anchor={anchor} />}
    </div>
  )
}

/** The way to what can be done with the group, for those who may do something. */
function Manage({ group }: { group: Group }): ReactNode {
  const t = useText()
  const { edit, archive, members } = useGroupRights(group)
  if (!edit && !archive && !members) return null
  const open = (): void => {
    closeGroup()
    openDialog((close) => <GroupDialog group={group} onClose={close} />, `group-${group.id}`)
  }
  return <IconButton size="s" icon={Settings} label={t('groups.manage', 'Manage group')} onPress={open} />
}

/** Whoever is pressed is shown in the place of the group. */
function Members({ members, anchor }: { members: readonly User[]; anchor: Element }): ReactNode {
  const t = useText()
  const show = (id: Id): void => {
    closeGroup()
    openProfile(id, anchor)
  }
  return (
    <ul className={css['members']} aria-label={t('channels.members', 'Members')}>
      {members.map((user) => (
        <li key={user.id}>
          <button type="button" className={css['member']} onClick={() => show(user.id)}>
            <PersonOption user={user} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function useMembers(groupId: Id): { members?: readonly User[]; error: string } {
  const [members, setMembers] = useState<readonly User[]>()
  const [error, setError] = useState('')
  const news = useGroupNews()
  useEffect(() => {
    let here = true
    groupMembers(groupId).then(
      (found) => here && setMembers(found),
      (failure: unknown) => here && setError(failureText(failure)),
    )
    return () => void (here = false)
  }, [groupId, news])
  return { members, error }
}
