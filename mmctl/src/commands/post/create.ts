import type { Post } from '@mattermost/types/posts'
import type { Action } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'
import type { Api } from '../../connect/api.ts'
import { findChannel } from '../../resolve/channel.ts'
import { isId } from '../../resolve/user.ts'

/** Posts a message to a channel, or as an answer to a post of it. */
export const create: Action = async ({ args, flags, connect }) => {
  const message = flags.text('message')
  if (!message) throw new UsageError('a post needs --message')
  const { api, isLocal } = await connect()
  if (isLocal) throw new Error('post create cannot be run in local mode: a post needs an author, so sign in')
  const channel = await findChannel(api, args[0]!)
  const rootId = flags.text('reply-to') && (await rootOf(api, flags.text('reply-to')))
  const type = flags.bool('burn-on-read') ? { type: 'burn_on_read' } : {}
  await api.call('POST', '/posts?set_online=false', { channel_id: channel.id, message, root_id: rootId, ...type })
}

/** An answer to an answer belongs to the post that both answer. */
async function rootOf(api: Api, id: string): Promise<string> {
  if (!isId(id)) throw new Error(`"${id}" is not the id of a post`)
  const post = await api.call<Post>('GET', `/posts/${id}`)
  return post.root_id || post.id
}
