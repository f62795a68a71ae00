import { useCallback, useEffect } from 'react'
import type { ReactNode } from 'react'
import { usePresence, useUser } from '../../client/people.ts'
import { update, useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { useShortcut } from '../../shell/keyboard.ts'
import { showSidebar } from '../../shell/layout/layout.ts'
import { togglePanel, useTopPanel } from '../../shell/panels.ts'
import { markStale } from '../../store/change.ts'
import { channelName, otherOf } from '../../store/names.ts'
import { isGuest } from '../../store/permissions.ts'
import type { Id } from '../../store/state.ts'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { ArrowLeft, BellOff, Info, Pin, Search, Users } from '../../ui/icons.ts'
import { Icon } from '../../ui/Icon.tsx'
import { tooltip } from '../../ui/Tooltip.tsx'
import { Markdown } from '../markdown/Markdown.tsx'
import { CustomStatusEmoji } from '../people/CustomStatus.tsx'
import { presenceWord } from '../people/Person.tsx'
import { useMessageContext } from '../posts/post/message-context.tsx'
import { ChannelIcon } from '../sidebar/ChannelIcon.tsx'
import { Bookmarks } from './Bookmarks.tsx'
import { ChannelHeaderMenu } from './ChannelHeaderMenu.tsx'
import css from './ChannelHeader.module.css'
import { useGuestCount } from './guest-count.ts'

/** The line above a conversation: what it is called, what it is about, who is in it. */
export function ChannelHeader({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const type = useStore((state) => state.channels[channelId]?.type)
  const panel = useTopPanel()
  const showInfo = useCallback(() => togglePanel({ kind: 'info', channelId }), [channelId])
  const search = useCallback(() => togglePanel({ kind: 'search', terms: '' }), [])
  useChannelFacts(channelId)
  useShortcut('mod+alt+i', showInfo)
  return (
    <>
      <header className={css['header']}>
        <IconButton
          icon={ArrowLeft}
          label={t('channels.back', 'Back to the channels')}
          className={css['back']}
          onPress={() => showSidebar(true)}
        />
        <Title channelId={channelId} />
        <Topic channelId={channelId} />
        <div className={css['tools']}>
          {type !== 'D' && <MembersButton channelId={channelId} />}
          <PinnedButton channelId={channelId} />
          <IconButton
            icon={Search}
            label={t('channels.search', 'Search')}
            shortcut="Ctrl+Shift+F"
            tooltipSide="bottom"
            pressed={panel?.kind === 'search'}
            onPress={search}
          />
          <IconButton
            icon={Info}
            label={t('channels.info', 'About this conversation')}
            shortcut="Ctrl+Alt+I"
            tooltipSide="bottom"
            pressed={panel?.kind === 'info'}
            onPress={showInfo}
          />
        </div>
      </header>
      <Bookmarks channelId={channelId} />
    </>
  )
}

/** Numbers and bookmarks of the channel, asked for once it is shown; events keep them fresh. */
function useChannelFacts(channelId: Id): void {
  const known = useStore((state) => Boolean(state.channelStats[channelId]))
  useEffect(() => {
    if (!known) update((state) => markStale(state, `channelStats:${channelId}`, `bookmarks:${channelId}`))
  }, [channelId, known])
}

function Title({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const name = useStore((state) => channelName(state, channelId))
  const muted = useStore((state) => state.channelMembers[channelId]?.notify_props?.mark_unread === 'mention')
  const archived = useStore((state) => (state.channels[channelId]?.delete_at ?? 0) > 0)
  return (
    <div className={css['title']}>
      <span className={css['icon']}>
        <ChannelIcon channelId={channelId} size={24} />
      </span>
      <h1 className={css['heading']}>
        <ChannelHeaderMenu channelId={channelId} name={name} />
      </h1>
      {muted && (
        <span {...tooltip(t('channels.muted', 'Muted'), { side: 'bottom' })}>
          <Icon icon={BellOff} size="s" label={t('channels.muted', 'Muted')} />
        </span>
      )}
      {archived && <Badge>{t('channels.archived', 'Archived')}</Badge>}
    </div>
  )
}

/** What the channel is about; of a person, whether he is there and what he says of himself. */
function Topic({ channelId }: { channelId: Id }): ReactNode {
  const header = useStore((state) => state.channels[channelId]?.header ?? '')
  const other = useStore((state) => {
    const channel = state.channels[channelId]
    return channel?.type === 'D' ? otherOf(state, channel.name) : ''
  })
  const context = useMessageContext()
  return (
    <div className={css['topic']}>
      {other && <PersonLine userId={other} />}
      <GuestsBadge channelId={channelId} />
      {header && <Markdown text={header} context={context} singleLine />}
    </div>
  )
}

/** That people from outside read along. */
function GuestsBadge({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const guests = useGuestCount(channelId)
  if (guests === 0) return null
  return (
    <span className={css['guests']}>
      <Badge>{t('channels.has_guests', 'Guests in this channel')}</Badge>
    </span>
  )
}

function PersonLine({ userId }: { userId: Id }): ReactNode {
  const t = useText()
  const user = useUser(userId)
  const status = usePresence(userId)
  if (!user) return null
  return (
    <span className={css['person']}>
      {user.is_bot ? <Badge>{t('posts.bot', 'BOT')}</Badge> : user.delete_at === 0 && presenceWord(t, status)}
      {user.delete_at > 0 && <Badge tone="danger">{t('people.deactivated', 'Deactivated')}</Badge>}
      {isGuest(user) && <Badge>{t('posts.guest', 'GUEST')}</Badge>}
      <CustomStatusEmoji userId={userId} withText />
      {user.position && <span>{user.position}</span>}
    </span>
  )
}

function MembersButton({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const count = useStore((state) => state.channelStats[channelId]?.member_count)
  const label = t('channels.members', 'Members')
  return (
    <button
      type="button"
      className={css['count']}
      aria-label={
        count === undefined
          ? label
          : t('channels.member_count', '{count, plural, one {# member} other {# members}}', { count })
      }
      onClick={() => togglePanel({ kind: 'members', channelId })}
      {...tooltip(label, { side: 'bottom' })}
    >
      <Icon icon={Users} />
      {count}
    </button>
  )
}

function PinnedButton({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const count = useStore((state) => state.channelStats[channelId]?.pinnedpost_count ?? 0)
  if (count === 0) return null
  return (
    <button
      type="button"
      className={cx(css['count'], css['pins'])}
      aria-label={t('channels.pinned_count', '{count, plural, one {# pinned message} other {# pinned messages}}', {
        count,
      })}
      onClick={() => togglePanel({ kind: 'pinned', channelId })}
      {...tooltip(t('channels.pinned', 'Pinned messages'), { side: 'bottom' })}
    >
      <Icon icon={Pin} />
      {count}
    </button>
  )
}
