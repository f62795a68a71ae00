import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { usePresence, useUser } from '../../client/people.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Text } from '../../shell/i18n.tsx'
import { displayName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import type { AvatarProps } from '../../ui/Avatar.tsx'
import { PresenceDot } from '../../ui/PresenceDot.tsx'
import type { Presence } from '../../ui/PresenceDot.tsx'

/** How somebody is called, as the reader wants names to be shown; '' while unknown. */
export function useDisplayName(userId: Id): string {
  useUser(userId)
  return useStore((state) => displayName(state, userId))
}

/** Somebody's name. */
export const PersonName = ({ userId }: { userId: Id }): ReactNode => useDisplayName(userId)

/** The address of somebody's picture; it changes with the picture, so that browsers may keep it. */
export const pictureOf = (userId: Id, lastUpdate = 0): string => api.getProfilePictureUrl(userId, lastUpdate)

interface PersonAvatarProps {
  readonly userId: Id
  readonly size?: AvatarProps['size']
  /** a dot that tells whether somebody is there */
  readonly presence?: boolean
}

/** Somebody's picture. */
export function PersonAvatar({ userId, size = 36, presence }: PersonAvatarProps): ReactNode {
  const name = useDisplayName(userId)
  const update = useUser(userId)?.last_picture_update
  const src = name ? pictureOf(userId, update) : null
  if (!presence) return <Avatar name={name} src={src} size={size} />
  return <PresentAvatar userId={userId} name={name} src={src} size={size} />
}

function PresentAvatar({
  userId,
  ...avatar
}: {
  userId: Id
  name: string
  src: string | null
  size: AvatarProps['size']
}): ReactNode {
  const t = useText()
  const state = usePresence(userId)
  return <Avatar {...avatar} presence={presenceOf(state)} presenceLabel={presenceWord(t, state)} />
}

/** Out of office looks like being away. */
export const presenceOf = (status: string): Presence => (status === 'ooo' ? 'away' : (status as Presence))

/** A presence in words. */
export function presenceWord(t: Text, status: string): string {
  switch (status) {
    case 'online':
      return t('people.online', 'Online')
    case 'away':
      return t('people.away', 'Away')
    case 'dnd':
      return t('people.dnd', 'Do not disturb')
    case 'ooo':
      return t('people.ooo', 'Out of office')
    default:
      return t('people.offline', 'Offline')
  }
}

/** The dot alone, with its word for those who hear it. */
export function PersonPresence({ userId }: { userId: Id }): ReactNode {
  const t = useText()
  const state = usePresence(userId)
  return <PresenceDot presence={presenceOf(state)} label={presenceWord(t, state)} />
}
