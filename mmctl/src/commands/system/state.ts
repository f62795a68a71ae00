import type { Action } from '../../cli/command.ts'
import { versionOf } from '../../connect/version-check.ts'

/** Prints the version of the server. */
export const version: Action = async ({ out, connect }) => {
  const { api } = await connect()
  await api.call('GET', '/system/ping')
  const value = versionOf(api.versionId)
  out.print(`Server version ${value}`, { version: value })
}

const LINES: readonly (readonly [title: string, key: string])[] = [
  ['Server status', 'status'],
  ['Android Latest Version', 'AndroidLatestVersion'],
  ['Android Minimum Version', 'AndroidMinVersion'],
  ['Desktop Latest Version', 'DesktopLatestVersion'],
  ['Desktop Minimum Version', 'DesktopMinVersion'],
  ['Ios Latest Version', 'IosLatestVersion'],
  ['Ios Minimum Version', 'IosMinVersion'],
  ['Database Status', 'database_status'],
  ['Filestore Status', 'filestore_status'],
]

/** Prints the health of the server and its parts; fails when one of them is not well. */
export const status: Action = async ({ out, connect }) => {
  const { api } = await connect()
  const query = 'get_server_status=true&use_rest_semantics=true'
  const state = await api.call<Record<string, string | undefined>>('GET', `/system/ping?${query}`)
  const text = (key: string) => state[key] ?? '<no value>'
  out.print(LINES.map(([title, key]) => `${title}: ${text(key)}`).join('\n'), state)
  const parts = ['status', 'database_status', 'filestore_status']
  const ill = parts.filter((key) => state[key] !== undefined && state[key] !== 'OK')
  if (ill.length > 0) throw new Error(`not healthy: ${ill.map((key) => `${key} is ${text(key)}`).join(', ')}`)
}
