import { request } from '../../../client/api.ts'
import type { Text } from '../../../shell/i18n.tsx'
import type { Id } from '../../../store/state.ts'
import { clientCommands } from '../commands/client-commands.ts'
import type { Item } from './items.ts'

interface Suggestion {
  readonly Complete: string
  readonly Suggestion: string
  readonly Hint: string
  readonly Description: string
}

/** What the server suggested for a text, by team, channel and text. */
const suggested = new Map<string, readonly Suggestion[]>()
/** A server without commands is asked once. */
let unavailable = false

const keyOf = (channelId: Id, query: string): string => `${channelId} ${query}`

/** Commands that fit what is typed behind the slash: those of this client, then those of the server. */
export function findCommands(t: Text, channelId: Id, query: string): Item[] {
  const own = clientCommands(t).filter(({ name }) => name.startsWith(query.toLowerCase()))
  const items = own.map(({ name, hint = '', description }): Item => ({
    kind: 'command',
    text: `/${name} `,
    shown: `/${name}`,
    hint,
    description,
  }))
  const names = new Set(own.map(({ name }) => name))
  const others = (suggested.get(keyOf(channelId, query)) ?? []).filter(({ Complete }) => !names.has(Complete.trim()))
  return [...items, ...others.map(asItem)]
}

const asItem = ({ Complete, Suggestion, Hint, Description }: Suggestion): Item => ({
  kind: 'command',
  text: `/${Complete.trimEnd()} `,
  shown: `/${Suggestion.trim()}`,
  hint: Hint,
  description: Description,
})

/** Asks the server what may follow; a server that has no commands is left alone. */
export async function askForCommands(place: { teamId: Id; channelId: Id; rootId: Id }, query: string): Promise<void> {
  const key = keyOf(place.channelId, query)
  if (unavailable || suggested.has(key)) return
  const { teamId, channelId, rootId } = place
  const asked = new URLSearchParams({
    user_input: `/${query}`,
    team_id: teamId,
    channel_id: channelId,
    root_id: rootId,
  })
  try {
    const path = `/teams/${teamId}/commands/autocomplete_suggestions?${asked.toString()}`
    suggested.set(key, await request<Suggestion[]>('GET', path))
  } catch (error) {
    const status = (error as { status_code?: number }).status_code
    unavailable = status === 501 || status === 404
  }
}
