import { getState } from '../../../client/store.ts'
import { currentText } from '../../../shell/i18n.tsx'
import type { Content } from '../../drafts/content.ts'
import type { Place } from '../../drafts/drafts.ts'
import { countCharacters, messageLimit } from './limits.ts'
import { countMentioned, namesSomebody } from './mentioned.ts'
import type { Notice } from './notices.ts'

/** Why a message cannot be sent as it is, as far as the client knows; null when it can. */
export function obstacle(place: Place, { message, priority }: Content): Notice | null {
  return tooLong(message) ?? (priority?.persistent_notifications ? nobodyToTell(place, message) : null)
}

/** That a message is longer than the server takes. */
export function tooLong(message: string): Notice | null {
  const limit = messageLimit()
  const over = message.length > limit ? countCharacters(message) - limit : 0
  if (over <= 0) return null
  const t = currentText()
  return {
    text: t(
      'composer.too_long',
      'The message is {over, plural, one {# character} other {# characters}} too long. Up to {limit, number} fit.',
      { over, limit },
    ),
  }
}

/** Whoever is to be told again and again has to be named, except in a direct message. */
function nobodyToTell({ channelId }: Place, message: string): Notice | null {
  const t = currentText()
  const state = getState()
  if (state.channels[channelId]?.type === 'D') return null
  const most = Number(state.config['PersistentNotificationMaxRecipients'] || 5)
  if (!namesSomebody(state, message)) {
    return { text: t('composer.name_somebody', 'Mention whom the repeated notifications are for, for example @name.') }
  }
  const count = countMentioned(state, channelId, message)
  if (count <= most) return null
  const text = t(
    'composer.too_many_named',
    'Repeated notifications can go to at most {most, number} people; {count, number} are mentioned.',
    { most, count },
  )
  return { text }
}
