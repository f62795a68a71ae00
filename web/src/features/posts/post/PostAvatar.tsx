import type { ReactNode } from 'react'
import { api } from '../../../client/api.ts'
import { useUser } from '../../../client/people.ts'
import type { Post } from '../../../store/entities.ts'
import { Avatar } from '../../../ui/Avatar.tsx'

/** The picture of who wrote a post. */
export function PostAvatar({ post }: { post: Post }): ReactNode {
  const user = useUser(post.user_id)
  return (
    <Avatar
      name={user?.username ?? ''}
      src={user && api.getProfilePictureUrl(user.id, user.last_picture_update)}
      size={36}
    />
  )
}
