import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { useDates } from '../../shell/dates.ts'
import { useText } from '../../shell/i18n.tsx'
import { channelName, otherOf } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Hash, Lock, Paperclip, UsersRound } from '../../ui/icons.ts'
import { Markdown } from '../markdown/Markdown.tsx'
import { useMessageContext } from '../posts/post/message-context.tsx'
import { PersonAvatar } from '../people/Person.tsx'
import type { Content } from './content.ts'
import type { Place } from './drafts.ts'
import css from './Drafts.module.css'

interface Props {
  readonly place: Place
  readonly content: Content
  /** ms, and what is said before it */
  readonly at: number
  readonly when?: string
  /** why it was not sent */
  readonly notice?: ReactNode
  readonly onOpen: () => void
  /** what can be done with it */
  readonly children: ReactNode
}

/** Something that was written and not sent: where it belongs, when, what it says. */
export function WrittenRow({ place, content, at, when, notice, onOpen, children }: Props): ReactNode {
  const t = useText()
  const dates = useDates()
  const context = useMessageContext()
  const name = useStore((state) => channelName(state, place.channelId))
  const { message, files, priority } = content
  return (
    <li className={css['row']}>
      <div className={css['head']}>
        <button type="button" className={css['place']} onClick={onOpen}>
          <ChannelFace channelId={place.channelId} />
          <span className={css['channel']}>
            {place.rootId ? t('drafts.thread_in', 'Thread in {channel}', { channel: name }) : name}
          </span>
        </button>
        {priority?.priority === 'urgent' && <Badge tone="danger">{t('posts.urgent', 'Urgent')}</Badge>}
        {priority?.priority === 'important' && <Badge tone="accent">{t('posts.important', 'Important')}</Badge>}
        <time className={css['time']} dateTime={new Date(at).toISOString()} title={dates.full(at)}>
          {when ?? dates.short(at)}
        </time>
        <div className={css['actions']}>{children}</div>
      </div>
      {message && (
        <div className={css['message']} inert>
          <Markdown text={message} context={context} />
        </div>
      )}
      {files.length > 0 && (
        <p className={css['files']}>
          <Icon icon={Paperclip} size="s" />
          {files.map((file) => file.name).join(', ')}
        </p>
      )}
      {notice}
    </li>
  )
}

function ChannelFace({ channelId }: { channelId: Id }): ReactNode {
  const type = useStore((state) => state.channels[channelId]?.type)
  const other = useStore((state) => (type === 'D' ? otherOf(state, state.channels[channelId]!.name) : ''))
  if (other) return <PersonAvatar userId={other} size={24} />
  return <Icon icon={type === 'P' ? Lock : type === 'G' ? UsersRound : Hash} />
}
