import type { App } from '../app.ts'
import type { Channel } from './channel.ts'
import { findLinkedChannels } from './channels.store.ts'

const LINK = /\B~([a-z0-9][a-z0-9._-]*)/gi

/** Channels with what clients need to show the `~channel` links in their headers and purposes. */
export async function withLinks<C extends Channel>(app: Pick<App, 'db'>, channels: readonly C[]): Promise<C[]> {
  const names = new Map(channels.map((channel) => [channel.id, linksIn(channel)]))
  const wanted = [...new Set([...names.values()].flat())].slice(0, 1000)
  if (wanted.length === 0) return [...channels]
  const teamIds = [...new Set(channels.map((channel) => channel.team_id))].filter(Boolean)
  const found = teamIds.length > 0 ? await findLinkedChannels(app.db, teamIds, wanted) : []
  return channels.map((channel) => {
    const own = new Set(names.get(channel.id))
    const linked = found.filter((target) => target.team_id === channel.team_id && own.has(target.name))
    if (linked.length === 0) return channel
    const entries = linked.map(({ name, display_name, team_name }) => [name, { display_name, team_name }])
    return { ...channel, props: { channel_mentions: Object.fromEntries(entries) } }
  })
}

function linksIn(channel: Channel): string[] {
  if (!channel.header.includes('~') && !channel.purpose.includes('~')) return []
  const text = `${channel.header} ${channel.purpose}`
  return [...text.matchAll(LINK)].map((match) => match[1]!.toLowerCase().replace(/[._-]+$/, ''))
}
