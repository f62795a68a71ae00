import { savePreferences } from '../../../client/preferences.ts'
import { request } from '../../../client/api.ts'
import { getState } from '../../../client/store.ts'
import type { Text } from '../../../shell/i18n.tsx'
import { openPanel } from '../../../shell/panels.ts'
import { signOut } from '../../../shell/sign-out.ts'
import type { Id } from '../../../store/state.ts'
import { leaveChannel } from '../../channels/leave-channel.tsx'
import { openSettings, openShortcuts } from '../../settings/open-settings.tsx'

/** A command that needs no answer of the server. */
export interface ClientCommand {
  readonly name: string
  /** what may follow */
  readonly hint?: string
  readonly description: string
  /** rejects with an ApiError */
  readonly run: (argument: string, channelId: Id) => unknown
}

const setStatus = (status: string) => (): Promise<unknown> =>
  request('PUT', '/users/me/status', { user_id: getState().me, status })

const collapse = (value: 'true' | 'false') => (): Promise<void> =>
  savePreferences({ category: 'display_settings', name: 'collapse_previews', value })

/** Commands that this client carries out itself, in the order of the alphabet. */
export const clientCommands = (t: Text): readonly ClientCommand[] => [
  { name: 'away', description: t('composer.cmd_away', 'Set your status to away'), run: setStatus('away') },
  {
    name: 'collapse',
    description: t('composer.cmd_collapse', 'Collapse image previews'),
    run: collapse('true'),
  },
  { name: 'dnd', description: t('composer.cmd_dnd', 'Set your status to do not disturb'), run: setStatus('dnd') },
  { name: 'expand', description: t('composer.cmd_expand', 'Expand image previews'), run: collapse('false') },
  {
    name: 'leave',
    description: t('composer.cmd_leave', 'Leave this channel'),
    run: (_, channelId) => leaveChannel(channelId),
  },
  { name: 'logout', description: t('composer.cmd_logout', 'Sign out'), run: () => signOut() },
  { name: 'offline', description: t('composer.cmd_offline', 'Set your status to offline'), run: setStatus('offline') },
  { name: 'online', description: t('composer.cmd_online', 'Set your status to online'), run: setStatus('online') },
  {
    name: 'search',
    hint: t('composer.cmd_search_hint', '[text]'),
    description: t('composer.cmd_search', 'Search messages'),
    run: (terms) => openPanel({ kind: 'search', terms }),
  },
  { name: 'settings', description: t('composer.cmd_settings', 'Open your settings'), run: () => openSettings() },
  {
    name: 'shortcuts',
    description: t('composer.cmd_shortcuts', 'Show the keyboard shortcuts'),
    run: () => openShortcuts(),
  },
]
