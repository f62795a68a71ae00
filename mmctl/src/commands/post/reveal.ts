import type { Post } from '@mattermost/types/posts'
import type { Action } from '../../cli/command.ts'
import { isId } from '../../resolve/user.ts'

/** Opens a post that burns once it is read. */
export const reveal: Action = async ({ args, out, connect }) => {
  const id = args[0]!
  if (!isId(id)) throw new Error(`"${id}" is not the id of a post`)
  const { api } = await connect()
  const post = await api.call<Post>('GET', `/posts/${id}/reveal`)
  out.print(post.message, post)
}
