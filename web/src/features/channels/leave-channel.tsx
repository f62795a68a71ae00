import { api } from '../../client/api.ts'
import { savePreferences } from '../../client/preferences.ts'
import { getState, update } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { failureText } from '../../shell/failure.ts'
import { currentText } from '../../shell/i18n.tsx'
import { goTo } from '../../shell/navigate.ts'
import { currentChannelId, currentTeamId } from '../../shell/place.ts'
import { forgetChannel } from '../../store/channels.ts'
import { otherOf } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

/** Asks, then leaves a channel. Nobody comes back into a private one by himself, so that is said. */
export function leaveChannel(channelId: Id): void {
  const t = currentText()
  const channel = getState().channels[channelId]
  if (!channel) return
  const leave = async (): Promise<void> => {
    await api.removeFromChannel(getState().me, channelId)
    goAway(channelId)
    update((state) => forgetChannel(state, channelId))
  }
  openDialog((close) => (
    <ConfirmDialog
      title={t('channels.leave_question', 'Leave “{name}”?', { name: channel.display_name })}
      confirmLabel={t('channels.leave', 'Leave channel')}
      danger
      onConfirm={leave}
      errorText={failureText}
      onClose={close}
    >
      {channel.type === 'P'
        ? t('channels.leave_private', 'It is private: only one of its members can bring you back.')
        : t('channels.leave_public', 'You can join it again at any time.')}
    </ConfirmDialog>
  ))
}

/** Takes a direct or group message out of the sidebar; it comes back with its next message. */
export async function hideDirect(channelId: Id): Promise<void> {
  const state = getState()
  const channel = state.channels[channelId]
  if (!channel) return
  const isGroup = channel.type === 'G'
  const choice = {
    user_id: state.me,
    category: isGroup ? 'group_channel_show' : 'direct_channel_show',
    name: isGroup ? channelId : otherOf(state, channel.name),
    value: 'false',
  }
  goAway(channelId)
  await savePreferences(choice)
}

/** To the default channel, if the channel is the one in view. */
function goAway(channelId: Id): void {
  if (currentChannelId() !== channelId) return
  const team = getState().teams[currentTeamId()]
  if (team) goTo(`/${team.name}/channels/town-square`, { replace: true })
}
