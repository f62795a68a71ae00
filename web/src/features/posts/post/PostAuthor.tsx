import type { ReactNode } from 'react'
import type { Post } from '../../../store/entities.ts'
import type { Author } from './author.ts'

/** The name of who wrote a post. */
export function PostAuthor({ author }: { post: Post; author: Author }): ReactNode {
  return author.name
}
