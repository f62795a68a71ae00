import { memo } from 'react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { siteAddress } from '../../client/base-path.ts'
import { useStore } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { channelPath } from '../../shell/navigate.ts'
import { can } from '../../store/permissions.ts'
import type { Id, State } from '../../store/state.ts'
import { unreadOf } from '../../store/unread.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import {
  Bell,
  BellOff,
  CheckCheck,
  EllipsisVertical,
  Folder,
  Link2,
  LogOut,
  Plus,
  Star,
  StarOff,
  UserPlus,
  X,
} from '../../ui/icons.ts'
import { Menu, MenuItem, MenuSeparator, MenuTrigger, Submenu } from '../../ui/Menu.tsx'
import { showToast } from '../../ui/toasts.ts'
import { AddMembersDialog } from '../channels/dialogs.ts'
import { hideDirect, leaveChannel } from '../channels/leave-channel.tsx'
import { toggleMute } from '../channels/mute.ts'
import { markRead, markUnread } from '../channels/read.ts'
import { moveChannel, toggleFavorite } from './categories.ts'
import { CategoryDialog } from './CategoryDialog.tsx'
import { categoryName } from './category-name.ts'
import css from './Sidebar.module.css'

interface Props {
  readonly channelId: Id
  readonly teamId: Id
}

/** What can be done with a channel from the list; opened by the button that appears beside it. */
export const ChannelMenu = memo(function ChannelMenu({ channelId, teamId }: Props): ReactNode {
  const t = useText()
  return (
    <MenuTrigger>
      <IconButton
        size="s"
        icon={EllipsisVertical}
        label={t('sidebar.channel_menu', 'Options of the channel')}
        className={css['rowMenu']}
        excludeFromTabOrder
      />
      <Menu label={t('sidebar.channel_menu', 'Options of the channel')}>
        <ChannelMenuItems channelId={channelId} teamId={teamId} />
      </Menu>
    </MenuTrigger>
  )
})

/** The items of that menu; also for a right click and a long press. */
export function ChannelMenuItems({ channelId, teamId }: Props): ReactNode {
  const t = useText()
  const { unread, muted } = useStore(useShallow((state) => unreadOf(state, channelId)))
  const type = useStore((state) => state.channels[channelId]?.type)
  const name = useStore((state) => state.channels[channelId]?.name)
  const isFavorite = useStore((state) => isIn(favoritesOf(state.categories, teamId), channelId))
  const permission = type === 'P' ? 'manage_private_channel_members' : 'manage_public_channel_members'
  const mayAdd = useStore((state) => type !== 'D' && type !== 'G' && can(state, permission, { channelId }))
  const run = (work: Promise<unknown>): void => void work.catch(showFailure)
  const isDirect = type === 'D' || type === 'G'
  return (
    <>
      <MenuItem icon={CheckCheck} onAction={() => run(unread ? markRead([channelId]) : markUnread(channelId))}>
        {unread ? t('sidebar.mark_read', 'Mark as read') : t('sidebar.mark_unread', 'Mark as unread')}
      </MenuItem>
      <MenuItem icon={isFavorite ? StarOff : Star} onAction={() => run(toggleFavorite(teamId, channelId))}>
        {isFavorite ? t('sidebar.unfavorite', 'Remove from favorites') : t('sidebar.favorite', 'Add to favorites')}
      </MenuItem>
      <MenuItem icon={muted ? Bell : BellOff} onAction={() => run(toggleMute(channelId))}>
        {muted ? t('sidebar.unmute', 'Unmute') : t('sidebar.mute', 'Mute')}
      </MenuItem>
      <MoveMenu channelId={channelId} teamId={teamId} />
      <MenuSeparator />
      <MenuItem icon={Link2} onAction={() => copyLink(channelId, t('sidebar.copied', 'Link copied'))}>
        {t('sidebar.copy_link', 'Copy link')}
      </MenuItem>
      {mayAdd && (
        <MenuItem
          icon={UserPlus}
          onAction={() => openDialog((close) => <AddMembersDialog channelId={channelId} onClose={close} />)}
        >
          {t('sidebar.add_members', 'Add people')}
        </MenuItem>
      )}
      {isDirect ? (
        <MenuItem icon={X} onAction={() => run(hideDirect(channelId))}>
          {t('sidebar.close_direct', 'Close conversation')}
        </MenuItem>
      ) : (
        name !== 'town-square' && (
          <MenuItem icon={LogOut} danger onAction={() => leaveChannel(channelId)}>
            {t('sidebar.leave', 'Leave channel')}
          </MenuItem>
        )
      )}
    </>
  )
}

function MoveMenu({ channelId, teamId }: Props): ReactNode {
  const t = useText()
  const categories = useStore(
    useShallow((state) => (state.categoryOrder[teamId] ?? []).flatMap((id) => state.categories[id] ?? [])),
  )
  const isDirect = useStore((state) => ['D', 'G'].includes(state.channels[channelId]?.type ?? ''))
  const targets = categories.filter(
    (one) => !one.channel_ids.includes(channelId) && one.type !== (isDirect ? 'channels' : 'direct_messages'),
  )
  const create = (): void =>
    void openDialog((close) => <CategoryDialog teamId={teamId} channelIds={[channelId]} onClose={close} />)
  return (
    <Submenu icon={Folder} label={t('sidebar.move_to', 'Move to')}>
      {targets.map((category) => (
        <MenuItem key={category.id} onAction={() => void moveChannel(channelId, category).catch(showFailure)}>
          {categoryName(t, category)}
        </MenuItem>
      ))}
      <MenuItem icon={Plus} onAction={create}>
        {t('sidebar.new_category', 'New category')}
      </MenuItem>
    </Submenu>
  )
}

type Categories = State['categories']

const favoritesOf = (categories: Categories, teamId: Id): readonly Id[] =>
  Object.values(categories).find((one) => one.team_id === teamId && one.type === 'favorites')?.channel_ids ?? []

const isIn = (ids: readonly Id[], id: Id): boolean => ids.includes(id)

function copyLink(channelId: Id, done: string): void {
  void navigator.clipboard.writeText(siteAddress(channelPath(channelId))).then(() => showToast(done), showFailure)
}
