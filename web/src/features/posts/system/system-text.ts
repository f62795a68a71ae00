import type { Text } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'

type Props = Readonly<Record<string, unknown>>

const text = (props: Props, name: string): string => (typeof props[name] === 'string' ? props[name] : '')
const person = (props: Props, name: string): string => (text(props, name) ? `@${text(props, name)}` : '')

/**
 * What a message of the server says, as markdown in the reader's language. Null for types that say it in their text alone,
 * and for old posts without the props that the words are made of.
 */
export function systemText(t: Text, { type, props }: Pick<Post, 'type' | 'props'>): string | null {
  return membershipText(t, type, props) ?? channelText(t, type, props)
}

function membershipText(t: Text, type: string, props: Props): string | null {
  const user = person(props, 'username')
  const added = person(props, 'addedUsername')
  const removed = person(props, 'removedUsername')
  switch (type) {
    case 'system_join_channel':
      return user && t('system.joined', '{user} joined the channel.', { user })
    case 'system_guest_join_channel':
      return user && t('system.guest_joined', '{user} joined the channel as a guest.', { user })
    case 'system_leave_channel':
      return user && t('system.left', '{user} left the channel.', { user })
    case 'system_add_to_channel':
      return added && t('system.added', '{added} was added to the channel by {user}.', { added, user })
    case 'system_add_guest_to_chan':
      return added && t('system.guest_added', '{added} was added to the channel as a guest by {user}.', { added, user })
    case 'system_remove_from_channel':
      return removed && t('system.removed', '{removed} was removed from the channel.', { removed })
    case 'system_join_team':
      return user && t('system.joined_team', '{user} joined the team.', { user })
    case 'system_leave_team':
      return user && t('system.left_team', '{user} left the team.', { user })
    case 'system_add_to_team':
      return added && t('system.added_to_team', '{added} was added to the team by {user}.', { added, user })
    case 'system_remove_from_team':
      return user && t('system.removed_from_team', '{user} was removed from the team.', { user })
    default:
      return null
  }
}

function channelText(t: Text, type: string, props: Props): string | null {
  const user = person(props, 'username')
  if (!user) return null
  switch (type) {
    case 'system_displayname_change': {
      const [before, after] = [text(props, 'old_displayname'), text(props, 'new_displayname')]
      return t('system.renamed', '{user} renamed the channel from “{before}” to “{after}”.', { user, before, after })
    }
    case 'system_header_change':
      return headerText(t, user, text(props, 'old_header'), text(props, 'new_header'))
    case 'system_purpose_change':
      return purposeText(t, user, text(props, 'old_purpose'), text(props, 'new_purpose'))
    case 'system_convert_channel':
      return t('system.made_private', '{user} made this a private channel.', { user })
    case 'system_change_chan_privacy':
      return privacyText(t, user, text(props, 'new_type'))
    case 'system_move_channel': {
      const team = text(props, 'old_team')
      return team ? t('system.moved', '{user} moved the channel here from the team {team}.', { user, team }) : null
    }
    case 'system_channel_deleted':
      return t('system.archived', '{user} archived the channel.', { user })
    case 'system_channel_restored':
      return t('system.restored', '{user} restored the channel.', { user })
    default:
      return null
  }
}

function headerText(t: Text, user: string, before: string, after: string): string {
  if (!after) return t('system.header_removed', '{user} removed the channel header. It was: {before}', { user, before })
  if (!before) return t('system.header_set', '{user} set the channel header: {after}', { user, after })
  return t('system.header_changed', '{user} changed the channel header from: {before} to: {after}', {
    user,
    before,
    after,
  })
}

function purposeText(t: Text, user: string, before: string, after: string): string {
  if (!after)
    return t('system.purpose_removed', '{user} removed the channel purpose. It was: {before}', { user, before })
  if (!before) return t('system.purpose_set', '{user} set the channel purpose: {after}', { user, after })
  return t('system.purpose_changed', '{user} changed the channel purpose from: {before} to: {after}', {
    user,
    before,
    after,
  })
}

/** Servers other than ours do not say what the channel has become: then their own text is shown. */
function privacyText(t: Text, user: string, type: string): string | null {
  if (type === 'P') return t('system.made_private', '{user} made this a private channel.', { user })
  if (type === 'O') return t('system.made_public', '{user} made this a public channel.', { user })
  return null
}
