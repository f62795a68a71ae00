import type { ReactNode } from 'react'
import { useUser } from '../../../client/people.ts'
import { useStore } from '../../../client/store.ts'
import { openDialog } from '../../../shell/dialogs.tsx'
import { useDates } from '../../../shell/dates.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Channel } from '../../../store/entities.ts'
import { channelName, displayName, otherOf } from '../../../store/names.ts'
import { can } from '../../../store/permissions.ts'
import type { Id } from '../../../store/state.ts'
import { Button } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Hash, Lock, Pencil, UserPlus, Users } from '../../../ui/icons.ts'
import { AddMembersDialog, ChannelSettingsDialog } from '../../channels/dialogs.ts'
import { Markdown } from '../../markdown/Markdown.tsx'
import { PersonAvatar } from '../../people/Person.tsx'
import { useMessageContext } from '../post/message-context.tsx'
import css from './ChannelIntro.module.css'

/** What stands where a channel begins: what it is, who made it, and what to do first. */
export function ChannelIntro({ channelId }: { channelId: Id }): ReactNode {
  const channel = useStore((state) => state.channels[channelId])
  if (!channel) return null
  if (channel.type === 'D') return <DirectIntro channel={channel} />
  return <RoomIntro channel={channel} />
}

function DirectIntro({ channel }: { channel: Channel }): ReactNode {
  const t = useText()
  const me = useStore((state) => state.me)
  const other = useStore((state) => otherOf(state, channel.name))
  const name = useStore((state) => channelName(state, channel.id))
  return (
    <div className={css['intro']}>
      <PersonAvatar userId={other} size={72} presence />
      <h2>{name}</h2>
      <p>
        {other === me
          ? t('posts.intro_self', 'Only you can see what you write here. Keep notes, links and files.')
          : t('posts.intro_direct', 'Your direct messages with {name} begin here. Nobody else can see them.', { name })}
      </p>
    </div>
  )
}

function RoomIntro({ channel }: { channel: Channel }): ReactNode {
  const name = useStore((state) => channelName(state, channel.id))
  const context = useMessageContext()
  const icon = channel.type === 'O' ? Hash : channel.type === 'P' ? Lock : Users
  return (
    <div className={css['intro']}>
      <span className={css['icon']}>
        <Icon icon={icon} size="xl" />
      </span>
      <h2>{name}</h2>
      <p>
        <Origin channel={channel} />
      </p>
      {channel.purpose && <Markdown text={channel.purpose} context={context} className={css['purpose']} />}
      <Steps channel={channel} />
    </div>
  )
}

function Origin({ channel }: { channel: Channel }): ReactNode {
  const t = useText()
  const dates = useDates()
  useUser(channel.creator_id)
  const creator = useStore((state) => displayName(state, channel.creator_id))
  const date = dates.day(channel.create_at)
  if (channel.type === 'G') {
    return t('posts.intro_group', 'Your group messages begin here. Only the people in it can see them.')
  }
  const who = creator
    ? t('posts.intro_created_by', 'Created by {name} · {date}.', { name: creator, date })
    : t('posts.intro_created', 'Created: {date}.', { date })
  const open =
    channel.type === 'O'
      ? t('posts.intro_public', 'Everyone in the team can join and read.')
      : t('posts.intro_private', 'Only people who were invited can read.')
  return `${who} ${open}`
}

function Steps({ channel }: { channel: Channel }): ReactNode {
  const t = useText()
  const at = { channelId: channel.id }
  const manage = channel.type === 'P' ? 'manage_private_channel' : 'manage_public_channel'
  const mayAdd = useStore((state) => can(state, `${manage}_members`, at))
  const mayEdit = useStore((state) => can(state, `${manage}_properties`, at))
  if (channel.type === 'G' || channel.delete_at > 0) return null
  return (
    <div className={css['steps']}>
      {mayAdd && channel.name !== 'town-square' && (
        <Button
          icon={UserPlus}
          onPress={() => openDialog((close) => <AddMembersDialog channelId={channel.id} onClose={close} />)}
        >
          {t('posts.intro_add', 'Add people')}
        </Button>
      )}
      {mayEdit && !channel.purpose && (
        <Button
          icon={Pencil}
          onPress={() => openDialog((close) => <ChannelSettingsDialog channelId={channel.id} onClose={close} />)}
        >
          {t('posts.intro_purpose', 'Say what it is for')}
        </Button>
      )}
    </div>
  )
}
