import { useRef } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { can, isGuest } from '../../store/permissions.ts'
import { displayName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { Badge } from '../../ui/Badge.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { EllipsisVertical, Shield, User, UserMinus } from '../../ui/icons.ts'
import { Menu, MenuItem, MenuTrigger } from '../../ui/Menu.tsx'
import { PersonAvatar } from '../people/Person.tsx'
import { openProfile } from '../people/profile-card.ts'
import type { Member } from './ChannelMembers.tsx'
import css from './ChannelPanel.module.css'

interface Props {
  readonly member: Member
  readonly channelId: Id
  /** may remove and add */
  readonly mayManage: boolean
  readonly onChanged: () => void
}

/** One member, and what may be done about the membership. */
export function MemberRow({ member: { user, isAdmin }, channelId, mayManage, onChanged }: Props): ReactNode {
  const t = useText()
  const element = useRef<HTMLButtonElement>(null)
  const me = useStore((state) => state.me)
  const name = useStore((state) => displayName(state, user.id))
  const mayPromote = useStore((state) => can(state, 'manage_channel_roles', { channelId }))
  const isDefault = useStore((state) => state.channels[channelId]?.name === 'town-square')
  const run = (work: Promise<unknown>): void => void work.then(onChanged, showFailure)
  const mayRemove = mayManage && user.id !== me && (!isDefault || isGuest(user))
  const promote = (): void => run(api.updateChannelMemberSchemeRoles(channelId, user.id, true, !isAdmin))
  return (
    <li className={css['member']}>
      <button
        ref={element}
        type="button"
        className={css['who']}
        onClick={() => element.current && openProfile(user.id, element.current)}
      >
        <PersonAvatar userId={user.id} size={32} presence />
        <span>
          {name}
          <small>@{user.username}</small>
        </span>
      </button>
      {user.is_bot && <Badge>{t('posts.bot', 'BOT')}</Badge>}
      {isGuest(user) && <Badge>{t('posts.guest', 'GUEST')}</Badge>}
      {(mayRemove || (mayPromote && !isGuest(user) && !user.is_bot)) && (
        <MenuTrigger>
          <IconButton
            size="s"
            icon={EllipsisVertical}
            label={t('channels.member_menu', 'Options of {name}', { name })}
          />
          <Menu label={name}>
            {mayPromote && !isGuest(user) && (
              <MenuItem icon={isAdmin ? User : Shield} onAction={promote}>
                {isAdmin
                  ? t('channels.demote', 'Make a member')
                  : t('channels.promote', 'Make a channel administrator')}
              </MenuItem>
            )}
            {mayRemove && (
              <MenuItem icon={UserMinus} danger onAction={() => run(api.removeFromChannel(user.id, channelId))}>
                {t('channels.remove', 'Remove from the channel')}
              </MenuItem>
            )}
          </Menu>
        </MenuTrigger>
      )}
    </li>
  )
}
