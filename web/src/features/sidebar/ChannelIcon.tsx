import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import type { Id } from '../../store/state.ts'
import { otherOf } from '../../store/names.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Archive, Hash, Lock } from '../../ui/icons.ts'
import { PersonAvatar } from '../people/Person.tsx'

/** What kind of channel it is, at a glance: # open, a lock, a face, a number of faces. */
export function ChannelIcon({ channelId, size = 20 }: { channelId: Id; size?: 20 | 24 }): ReactNode {
  const type = useStore((state) => state.channels[channelId]?.type)
  const other = useStore((state) => otherOf(state, state.channels[channelId]?.name ?? ''))
  const people = useStore((state) => state.channels[channelId]?.display_name.split(', ').length ?? 0)
  const archived = useStore((state) => (state.channels[channelId]?.delete_at ?? 0) > 0)
  if (archived) return <Icon icon={Archive} />
  if (type === 'D') return <PersonAvatar userId={other} size={size} presence />
  if (type === 'G') return <Avatar name={String(people - 1)} size={size} shape="square" />
  return <Icon icon={type === 'P' ? Lock : Hash} />
}
