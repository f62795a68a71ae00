import { errorId, request } from '../../../client/api.ts'
import { currentText } from '../../../shell/i18n.tsx'
import { goTo } from '../../../shell/navigate.ts'
import { currentTeamId } from '../../../shell/place.ts'
import { basePath } from '../../../client/base-path.ts'
import type { Place } from '../../drafts/drafts.ts'
import { clientCommands } from './client-commands.ts'

/** Whether a message is a command: a slash and a word. */
export const isCommand = (message: string): boolean => /^\/[\p{L}\p{N}]/u.test(message)

/** Carries out a command, here or on the server, whose answer comes over the socket. Rejects with an ApiError. */
export async function runCommand(message: string, { channelId, rootId }: Place): Promise<void> {
  const [word = '', ...rest] = message.trim().slice(1).split(/\s+/)
  const own = clientCommands(currentText()).find(({ name }) => name === word.toLowerCase())
  if (own) return void (await own.run(rest.join(' '), channelId))
  const body = { command: message.trim(), channel_id: channelId, root_id: rootId, team_id: currentTeamId() }
  const { goto_location: address } = await request<{ goto_location?: string }>('POST', '/commands/execute', body)
  if (address) follow(address)
}

/** Whether the server knows no such command: then it may have been meant as a message. */
export const isUnknownCommand = (error: unknown): boolean =>
  /command.*not_found|not_implemented/.test(errorId(error)) ||
  [404, 501].includes((error as { status_code?: number }).status_code ?? 0)

/** Goes where a command leads: within this site, or in another tab. */
function follow(address: string): void {
  const url = new URL(address, location.href)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return
  if (url.origin === location.origin && url.pathname.startsWith(basePath))
    goTo(url.pathname.slice(basePath.length) + url.search)
  else window.open(url, '_blank', 'noopener,noreferrer')
}
