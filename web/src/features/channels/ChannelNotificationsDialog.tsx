import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ChannelNotifyProps } from '@mattermost/types/channels'
import { api } from '../../client/api.ts'
import { getState, update, useStore } from '../../client/store.ts'
import { FormDialog } from '../../shell/FormDialog.tsx'
import { useText } from '../../shell/i18n.tsx'
import { put } from '../../store/change.ts'
import { channelName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'

type Choices = Partial<ChannelNotifyProps>

/** What of a channel I want to be told, where it differs from what I want in general. */
export default function ChannelNotificationsDialog({
  channelId,
  onClose,
}: {
  channelId: Id
  onClose: () => void
}): ReactNode {
  const t = useText()
  const name = useStore((state) => channelName(state, channelId))
  const saved = useStore((state) => state.channelMembers[channelId]?.notify_props) as Choices | undefined
  const [choices, setChoices] = useState<Choices>({ ...saved })
  const change = (part: Choices): void => setChoices({ ...choices, ...part })
  const level = [
    { value: 'default', label: t('notify.default', 'As in my settings') },
    { value: 'all', label: t('notify.all', 'Every message') },
    { value: 'mention', label: t('notify.mention', 'Mentions and direct messages') },
    { value: 'none', label: t('notify.none', 'Nothing') },
  ]
  const muted = choices.mark_unread === 'mention'
  return (
    <FormDialog
      title={t('notify.title', 'Notifications of {name}', { name })}
      submit={t('notify.save', 'Save')}
      onSubmit={() => save(channelId, choices)}
      onClose={onClose}
    >
      <Switch
        checked={muted}
        onChange={(on) => change({ mark_unread: on ? 'mention' : 'all' })}
        description={t('notify.mute_hint', 'The channel stays quiet and pale. Mentions still count.')}
      >
        {t('notify.mute', 'Mute this channel')}
      </Switch>
      <Select
        label={t('notify.desktop', 'On this computer')}
        options={level}
        value={choices.desktop ?? 'default'}
        onChange={(desktop) => change({ desktop: desktop as Choices['desktop'] })}
        disabled={muted}
      />
      <Select
        label={t('notify.push', 'On the phone')}
        options={level}
        value={choices.push ?? 'default'}
        onChange={(push) => change({ push: push as Choices['push'] })}
        disabled={muted}
      />
      <Switch
        checked={choices.ignore_channel_mentions === 'on'}
        onChange={(on) => change({ ignore_channel_mentions: on ? 'on' : 'off' })}
      >
        {t('notify.ignore_all', 'Ignore @channel, @here and @all')}
      </Switch>
      <Switch
        checked={choices.channel_auto_follow_threads === 'on'}
        onChange={(on) => change({ channel_auto_follow_threads: on ? 'on' : 'off' })}
      >
        {t('notify.follow_all', 'Follow every thread of this channel')}
      </Switch>
    </FormDialog>
  )
}

async function save(channelId: Id, choices: Choices): Promise<void> {
  const { me, channelMembers } = getState()
  await api.updateChannelNotifyProps({ ...choices, user_id: me, channel_id: channelId } as never)
  const member = channelMembers[channelId]
  if (!member) return
  const changed = { ...member, notify_props: { ...member.notify_props, ...choices } }
  update((state) => ({ ...state, channelMembers: put(state.channelMembers, channelId, changed) }))
}
