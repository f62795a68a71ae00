import type { Post, PostList } from '@mattermost/types/posts'
import type { Action, Context } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'
import type { Api } from '../../connect/api.ts'
import { findChannel } from '../../resolve/channel.ts'

/** Prints the newest posts of a channel, oldest first, and with --follow those that come. */
export const list: Action = async (context) => {
  const { args, flags, out, connect } = context
  const since = flags.given('since') ? parseTime(flags.text('since')) : undefined
  const connection = await connect()
  const { api } = connection
  const channel = await findChannel(api, args[0]!)
  // Listening begins before the list is asked for: a post between the two would be missed.
  const events = flags.bool('follow') ? (await import('../../connect/follow.ts')).follow(connection, flags) : undefined
  await events?.next()
  const show = shower(context, api)
  const shown = await firstPosts(api, channel.id, since ?? -flags.int('number'))
  for (const post of shown) await show(post)
  if (!events) return
  await out.flush()
  const known = new Set(shown.map((post) => post.id))
  for await (const { event, data } of events) {
    if (event !== 'posted' || typeof data.post !== 'string') continue
    const post = JSON.parse(data.post) as Post
    if (post.channel_id !== channel.id || known.has(post.id)) continue
    await show(post)
    await out.flush()
  }
}

/** The posts since a time, or the newest ones when their number is given as a negative one; oldest first. */
async function firstPosts(api: Api, channelId: string, since: number): Promise<Post[]> {
  const query = since < 0 ? `per_page=${-since}` : `since=${since}`
  const { order, posts } = await api.call<PostList>('GET', `/channels/${channelId}/posts?${query}`)
  const found = order.map((id) => posts[id]!).toReversed()
  // "since" also brings older posts that were changed or deleted meanwhile.
  return since < 0 ? found : found.filter((post) => post.create_at >= since && post.delete_at === 0)
}

/** ISO 8601 with a zone, to milliseconds since 1970. */
function parseTime(text: string): number {
  const time = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)$/.test(text) || Number.isNaN(time)) {
    throw new UsageError(`"${text}" is no time like 2006-01-02T15:04:05-07:00`)
  }
  return time
}

function shower({ flags, out }: Context, api: Api): (post: Post) => Promise<void> {
  const names = new Map<string, string>()
  return async (post) => {
    let name = names.get(post.user_id)
    if (name === undefined) {
      name = (await api.getUser(post.user_id).catch(() => undefined))?.username ?? post.user_id
      names.set(post.user_id, name)
    }
    const pieces = [
      ...(flags.bool('show-ids') ? [{ text: post.id, colour: 'red' as const }, ' '] : []),
      ...(flags.given('since') ? [{ text: localTime(post.create_at), colour: 'yellow' as const }, ' '] : []),
      { text: `[${name}]`, colour: 'blue' as const },
      ` ${post.message}`,
    ]
    out.printPieces(pieces, post)
  }
}

/** `2006-01-02 15:04:05-07:00` in the zone of this machine. */
function localTime(ms: number): string {
  const time = new Date(ms)
  const two = (value: number) => String(Math.trunc(Math.abs(value))).padStart(2, '0')
  const ahead = -time.getTimezoneOffset()
  const zone = `${ahead < 0 ? '-' : '+'}${two(ahead / 60)}:${two(ahead % 60)}`
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
  return `${date} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}${zone}`
}
