import { memo, useCallback, useEffect } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { useText } from '../../shell/i18n.tsx'
import { useShortcut } from '../../shell/keyboard.ts'
import { can } from '../../store/permissions.ts'
import type { Id } from '../../store/state.ts'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Hash, ListFilter, MessageSquare, Plus, Search, UserPlus } from '../../ui/icons.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { Menu, MenuItem, MenuSeparator, MenuTrigger } from '../../ui/Menu.tsx'
import { BrowseChannelsDialog, CreateChannelDialog, NewMessageDialog } from '../channels/dialogs.ts'
import { InviteDialog } from '../teams/dialogs.ts'
import { TeamMenu } from '../teams/TeamMenu.tsx'
import css from './Sidebar.module.css'
import { useUnreadFilter } from './use-sidebar.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'

const loadSwitcher = () => import('./QuickSwitcher.tsx')
const QuickSwitcher = lazyPart(loadSwitcher)

/** Above the list: the team, what is new to make, the way to everything. */
export const SidebarHeader = memo(function SidebarHeader({ teamId }: { teamId: Id }): ReactNode {
  const t = useText()
  const filter = useUnreadFilter(({ on }) => on)
  const openSwitcher = useCallback(
    () => void openDialog((close) => <QuickSwitcher teamId={teamId} onClose={close} />, 'switcher'),
    [teamId],
  )
  useShortcut('mod+k', openSwitcher)
  // There before it is wanted: whoever types right after Ctrl+K must not lose a letter.
  useEffect(() => void setTimeout(() => void loadSwitcher().catch(() => undefined), 1000), [])
  return (
    <header className={css['header']}>
      <div className={css['team']}>
        <TeamMenu teamId={teamId} />
        <NewMenu teamId={teamId} />
      </div>
      <div className={css['find']}>
        <IconButton
          size="s"
          icon={ListFilter}
          label={
            filter ? t('sidebar.show_all', 'Show all channels') : t('sidebar.only_unread', 'Show only what is unread')
          }
          pressed={filter}
          onPress={() => useUnreadFilter.setState({ on: !filter })}
        />
        <button type="button" className={cx(css['switcher'])} onClick={openSwitcher}>
          <Icon icon={Search} size="s" />
          <span>{t('sidebar.find', 'Go to…')}</span>
          <Kbd keys="Ctrl+K" />
        </button>
      </div>
    </header>
  )
})

function NewMenu({ teamId }: { teamId: Id }): ReactNode {
  const t = useText()
  const mayCreate = useStore(
    (state) => can(state, 'create_public_channel', { teamId }) || can(state, 'create_private_channel', { teamId }),
  )
  const mayJoin = useStore((state) => can(state, 'join_public_channels', { teamId }))
  const mayInvite = useStore((state) => can(state, 'invite_user', { teamId }) || can(state, 'invite_guest', { teamId }))
  const browse = useCallback(
    () => void openDialog((close) => <BrowseChannelsDialog teamId={teamId} onClose={close} />),
    [teamId],
  )
  const write = useCallback(
    () => void openDialog((close) => <NewMessageDialog teamId={teamId} onClose={close} />, 'new-message'),
    [teamId],
  )
  useShortcut('mod+shift+k', write)
  return (
    <MenuTrigger>
      <IconButton icon={Plus} label={t('sidebar.new', 'New…')} tooltipSide="bottom" />
      <Menu label={t('sidebar.new', 'New…')}>
        <MenuItem icon={MessageSquare} shortcut="Ctrl+Shift+K" onAction={write}>
          {t('sidebar.new_message', 'Write to somebody')}
        </MenuItem>
        {mayJoin && (
          <MenuItem icon={Search} onAction={browse}>
            {t('sidebar.browse', 'Browse channels')}
          </MenuItem>
        )}
        {mayCreate && (
          <MenuItem
            icon={Hash}
            onAction={() => openDialog((close) => <CreateChannelDialog teamId={teamId} onClose={close} />)}
          >
            {t('sidebar.new_channel', 'Create a channel')}
          </MenuItem>
        )}
        {mayInvite && <MenuSeparator />}
        {mayInvite && (
          <MenuItem
            icon={UserPlus}
            onAction={() => openDialog((close) => <InviteDialog teamId={teamId} onClose={close} />)}
          >
            {t('sidebar.invite', 'Invite people')}
          </MenuItem>
        )}
      </Menu>
    </MenuTrigger>
  )
}
