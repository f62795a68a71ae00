import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Text } from '../../shell/i18n.tsx'
import { otherOf } from '../../store/names.ts'
import { can } from '../../store/permissions.ts'
import type { Id, State } from '../../store/state.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Archive, Lock, UserX } from '../../ui/icons.ts'
import css from './Composer.module.css'

/** Why nobody, or I, may write into a channel. */
export type Closure = 'archived' | 'deactivated' | 'read-only'

/** Why I cannot write into a channel; null when I can, as far as the client knows. */
export function closureOf(state: State, channelId: Id): Closure | null {
  const channel = state.channels[channelId]
  if (!channel) return null
  if (channel.delete_at > 0) return 'archived'
  const other = channel.type === 'D' ? state.users[otherOf(state, channel.name)] : undefined
  if (other && other.delete_at > 0) return 'deactivated'
  if (!state.channelMembers[channelId] || can(state, 'create_post', { channelId })) return null
  return 'read-only'
}

const ICONS = { archived: Archive, deactivated: UserX, 'read-only': Lock }

/** What stands in place of the box where nothing can be written. */
export function Closed({ channelId, closure }: { channelId: Id; closure: Closure }): ReactNode {
  const t = useText()
  const name = useStore((state) => {
    const channel = state.channels[channelId]
    return (channel?.type === 'D' && state.users[otherOf(state, channel.name)]?.username) || ''
  })
  return (
    <p className={css['closed']} role="status">
      <Icon icon={ICONS[closure]} />
      {wordsFor(t, closure, name)}
    </p>
  )
}

function wordsFor(t: Text, closure: Closure, name: string): string {
  switch (closure) {
    case 'archived':
      return t('composer.archived', 'This channel is archived. Its messages can be read, new ones cannot be written.')
    case 'deactivated':
      return t('composer.deactivated', 'The account of @{name} is deactivated. New messages would reach nobody.', {
        name,
      })
    case 'read-only':
      return t('composer.read_only', 'You can read this channel, but not write in it.')
  }
}
