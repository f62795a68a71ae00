import type { ReactNode } from 'react'
import { useUser } from '../../client/people.ts'
import { useDates } from '../../shell/dates.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Id } from '../../store/state.ts'
import { tooltip } from '../../ui/Tooltip.tsx'
import { Emoji } from '../emoji/Emoji.tsx'
import { useMessageContext } from '../posts/post/message-context.tsx'
import { customStatusOf, hasEnd } from './custom-status.ts'
import css from './Person.module.css'

interface Props {
  readonly userId: Id
  /** the words beside the emoji; else they are in its tooltip */
  readonly withText?: boolean
  /** until when */
  readonly withExpiry?: boolean
}

/** What somebody says of himself for a while; nothing when he says nothing. */
export function CustomStatusEmoji({ userId, withText, withExpiry }: Props): ReactNode {
  const t = useText()
  const dates = useDates()
  const context = useMessageContext()
  const status = customStatusOf(useUser(userId))
  if (!status) return null
  const emoji = status.emoji || 'speech_balloon'
  const until =
    withExpiry &&
    hasEnd(status) &&
    t('people.until', 'until {time}', { time: dates.short(Date.parse(status.expires_at)) })
  return (
    <span className={css['status']} {...(!withText && status.text && tooltip(status.text))}>
      <Emoji name={emoji} url={context.customEmojiURL(emoji)} silent={Boolean(status.text)} />
      {withText && status.text && <span>{status.text}</span>}
      {until && <span className={css['muted']}>{until}</span>}
    </span>
  )
}
