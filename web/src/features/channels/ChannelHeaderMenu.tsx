import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { useShallow } from 'zustand/react/shallow'
import { useStore } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { openPanel } from '../../shell/panels.ts'
import { usePlace } from '../../shell/place.ts'
import { can } from '../../store/permissions.ts'
import type { Id } from '../../store/state.ts'
import { Icon } from '../../ui/Icon.tsx'
import {
  Archive,
  ArchiveRestore,
  Bell,
  ChevronDown,
  FileText,
  Info,
  Link,
  LogOut,
  Pin,
  Settings,
  Star,
  UserPlus,
  Users,
  X,
} from '../../ui/icons.ts'
import { Menu, MenuItem, MenuSeparator, MenuTrigger } from '../../ui/Menu.tsx'
import { toggleFavorite } from '../sidebar/categories.ts'
import { archiveChannel, restoreChannel } from './archive-channel.tsx'
import css from './ChannelHeader.module.css'
import { AddBookmarkDialog, AddMembersDialog, ChannelNotificationsDialog, ChannelSettingsDialog } from './dialogs.ts'
import { hideDirect, leaveChannel } from './leave-channel.tsx'

interface Props {
  readonly channelId: Id
  readonly name: string
}

/** The channel's name, and everything that can be done with the channel. */
export function ChannelHeaderMenu({ channelId, name }: Props): ReactNode {
  return (
    <MenuTrigger>
      <AriaButton className={css['name']}>
        <span>{name}</span>
        <Icon icon={ChevronDown} size="s" />
      </AriaButton>
      <Menu label={name}>
        <Items channelId={channelId} />
      </Menu>
    </MenuTrigger>
  )
}

/** What I may do with a channel, by its kind and my roles. */
function useRights(channelId: Id): { [K in 'add' | 'manage' | 'archive' | 'bookmark']: boolean } {
  return useStore(
    useShallow((state) => {
      const type = state.channels[channelId]?.type
      const isPrivate = type === 'P'
      const isDirect = type === 'D' || type === 'G'
      const word = isPrivate ? 'private' : 'public'
      const may = (permission: string): boolean => can(state, permission, { channelId })
      return {
        add: !isDirect && may(`manage_${word}_channel_members`),
        manage: isDirect || may(`manage_${word}_channel_properties`),
        archive: !isDirect && may(`delete_${word}_channel`),
        bookmark: isDirect || may(`add_bookmark_${word}_channel`),
      }
    }),
  )
}

function Items({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const teamId = usePlace((place) => place.teamId)
  const type = useStore((state) => state.channels[channelId]?.type)
  const isDefault = useStore((state) => state.channels[channelId]?.name === 'town-square')
  const archived = useStore((state) => (state.channels[channelId]?.delete_at ?? 0) > 0)
  const rights = useRights(channelId)
  const isDirect = type === 'D' || type === 'G'
  const panel = (kind: 'info' | 'members' | 'pinned' | 'files') => () => openPanel({ kind, channelId })
  return (
    <>
      <MenuItem icon={Info} onAction={panel('info')}>
        {t('channels.info', 'About this conversation')}
      </MenuItem>
      <MenuItem
        icon={Bell}
        onAction={() => openDialog((close) => <ChannelNotificationsDialog channelId={channelId} onClose={close} />)}
      >
        {t('channels.notifications', 'Notifications')}
      </MenuItem>
      <MenuItem icon={Star} onAction={() => void toggleFavorite(teamId, channelId).catch(showFailure)}>
        {t('channels.favorite', 'Favorite')}
      </MenuItem>
      <MenuSeparator />
      {type !== 'D' && (
        <MenuItem icon={Users} onAction={panel('members')}>
          {t('channels.members', 'Members')}
        </MenuItem>
      )}
      {rights.add && !archived && (
        <MenuItem
          icon={UserPlus}
          onAction={() => openDialog((close) => <AddMembersDialog channelId={channelId} onClose={close} />)}
        >
          {t('channels.add_members', 'Add people')}
        </MenuItem>
      )}
      <MenuItem icon={Pin} onAction={panel('pinned')}>
        {t('channels.pinned', 'Pinned messages')}
      </MenuItem>
      <MenuItem icon={FileText} onAction={panel('files')}>
        {t('channels.files', 'Files')}
      </MenuItem>
      {rights.bookmark && !archived && (
        <MenuItem
          icon={Link}
          onAction={() => openDialog((close) => <AddBookmarkDialog channelId={channelId} onClose={close} />)}
        >
          {t('channels.add_bookmark', 'Add a bookmark')}
        </MenuItem>
      )}
      <MenuSeparator />
      {rights.manage && !archived && (
        <MenuItem
          icon={Settings}
          onAction={() => openDialog((close) => <ChannelSettingsDialog channelId={channelId} onClose={close} />)}
        >
          {t('channels.settings', 'Channel settings')}
        </MenuItem>
      )}
      {rights.archive && !isDefault && (
        <MenuItem
          icon={archived ? ArchiveRestore : Archive}
          danger={!archived}
          onAction={() => (archived ? restoreChannel(channelId) : archiveChannel(channelId))}
        >
          {archived ? t('channels.restore', 'Restore channel') : t('channels.archive', 'Archive channel')}
        </MenuItem>
      )}
      {isDirect ? (
        <MenuItem icon={X} onAction={() => void hideDirect(channelId).catch(showFailure)}>
          {t('channels.close', 'Close conversation')}
        </MenuItem>
      ) : (
        !isDefault && (
          <MenuItem icon={LogOut} danger onAction={() => leaveChannel(channelId)}>
            {t('channels.leave', 'Leave channel')}
          </MenuItem>
        )
      )}
    </>
  )
}
