import type { ReactNode } from 'react'
import type { Post } from '../../../store/entities.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Info } from '../../../ui/icons.ts'
import { imageSource } from './message-context.tsx'
import { useAuthor } from './author.ts'
import css from './Post.module.css'

/** The picture of who wrote a post. */
export function PostAvatar({ post, size = 36 }: { post: Post; size?: 20 | 24 | 36 }): ReactNode {
  const { name, picture, isSystem } = useAuthor(post, '')
  if (isSystem) return <Icon icon={Info} className={css['systemIcon']} />
  return <Avatar name={name} src={picture && imageSource(picture)} size={size} />
}
