import type { ReactNode } from 'react'
import { siteAddress } from '../../client/base-path.ts'
import { useStore } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { channelPath } from '../../shell/navigate.ts'
import { PanelHeader } from '../../shell/layout/PanelHeader.tsx'
import { openPanel } from '../../shell/panels.ts'
import { channelName, otherOf } from '../../store/names.ts'
import { can } from '../../store/permissions.ts'
import type { Id } from '../../store/state.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Bell, ChevronRight, FileText, Link2, Pencil, Pin, Users } from '../../ui/icons.ts'
import type { LucideIcon } from '../../ui/icons.ts'
import { showToast } from '../../ui/toasts.ts'
import { Markdown } from '../markdown/Markdown.tsx'
import { PersonDetails } from '../people/PersonDetails.tsx'
import { useMessageContext } from '../posts/post/message-context.tsx'
import css from './ChannelPanel.module.css'
import { ChannelNotificationsDialog, ChannelSettingsDialog } from './dialogs.ts'
import { useGuestCount } from './guest-count.ts'

/** About a conversation: what it is for, and the ways into its things. */
export function ChannelInfo({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const channel = useStore((state) => state.channels[channelId])
  const name = useStore((state) => channelName(state, channelId))
  const stats = useStore((state) => state.channelStats[channelId])
  const other = useStore((state) => (channel?.type === 'D' ? otherOf(state, channel.name) : ''))
  const guests = useGuestCount(channelId)
  if (!channel) return null
  const copy = (): void =>
    void navigator.clipboard
      .writeText(siteAddress(channelPath(channelId)))
      .then(() => showToast(t('channels.link_copied', 'Link copied')), showFailure)
  const notifications = (): void =>
    void openDialog((close) => <ChannelNotificationsDialog channelId={channelId} onClose={close} />)
  return (
    <>
      <PanelHeader title={t('channels.info_title', 'About')} subtitle={name} />
      <div className={css['body']}>
        {other && <PersonDetails userId={other} />}
        {guests > 0 && (
          <Banner>
            {t(
              'channels.guests_note',
              '{count, plural, one {# guest reads} other {# guests read}} along in this channel.',
              { count: guests },
            )}
          </Banner>
        )}
        <Texts channelId={channelId} />
        <ul className={css['ways']}>
          {channel.type !== 'D' && (
            <Way
              icon={Users}
              label={t('channels.members', 'Members')}
              count={stats?.member_count}
              onPress={() => openPanel({ kind: 'members', channelId }, { below: true })}
            />
          )}
          <Way
            icon={Pin}
            label={t('channels.pinned', 'Pinned messages')}
            count={stats?.pinnedpost_count}
            onPress={() => openPanel({ kind: 'pinned', channelId }, { below: true })}
          />
          <Way
            icon={FileText}
            label={t('channels.files', 'Files')}
            onPress={() => openPanel({ kind: 'files', channelId }, { below: true })}
          />
          <Way icon={Bell} label={t('channels.notifications', 'Notifications')} onPress={notifications} />
          <Way icon={Link2} label={t('channels.copy_link', 'Copy link')} onPress={copy} />
        </ul>
      </div>
    </>
  )
}

function Way({
  icon,
  label,
  count,
  onPress,
}: {
  icon: LucideIcon
  label: string
  count?: number
  onPress: () => void
}): ReactNode {
  return (
    <li>
      <button type="button" className={css['way']} onClick={onPress}>
        <Icon icon={icon} />
        <span>{label}</span>
        {count !== undefined && count > 0 && <span className={css['count']}>{count}</span>}
        <Icon icon={ChevronRight} size="s" />
      </button>
    </li>
  )
}

/** Purpose and header, with the way to change them. */
function Texts({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const channel = useStore((state) => state.channels[channelId])
  const context = useMessageContext()
  const isDirect = channel?.type === 'D' || channel?.type === 'G'
  const permission = channel?.type === 'P' ? 'manage_private_channel_properties' : 'manage_public_channel_properties'
  const mayEdit = useStore((state) => !channel?.delete_at && (isDirect || can(state, permission, { channelId })))
  if (!channel) return null
  const edit = (): void => void openDialog((close) => <ChannelSettingsDialog channelId={channelId} onClose={close} />)
  return (
    <section className={css['texts']}>
      {channel.purpose && (
        <div>
          <h3>{t('channels.purpose', 'Purpose')}</h3>
          <Markdown text={channel.purpose} context={context} />
        </div>
      )}
      {channel.header && (
        <div>
          <h3>{t('channels.header', 'Header')}</h3>
          <Markdown text={channel.header} context={context} />
        </div>
      )}
      {mayEdit && (
        <Button size="s" variant="quiet" icon={Pencil} onPress={edit}>
          {channel.purpose || channel.header
            ? t('channels.edit', 'Edit')
            : t('channels.describe', 'Say what this is for')}
        </Button>
      )}
    </section>
  )
}
