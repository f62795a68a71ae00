import type { ReactNode } from 'react'
import type { Post } from '../../../store/entities.ts'
import { openProfile } from '../../people/profile-card.ts'
import type { Author } from './author.ts'
import css from './Post.module.css'

/** The name of who wrote a post; opens the person's card. Machines that gave themselves a name have none. */
export function PostAuthor({ post, author }: { post: Post; author: Author }): ReactNode {
  if (!author.hasCard) return author.name
  return (
    <button type="button" className={css['person']} onClick={(event) => openProfile(post.user_id, event.currentTarget)}>
      {author.name}
    </button>
  )
}
