import type { Role } from '@mattermost/types/roles'
import { withAncillary } from '../../../../server/src/roles/ancillary.ts'
import type { Action } from '../../cli/command.ts'
import { printRole } from './role-table.ts'

const CONSOLE = 'sysconsole_'

/** Adds permissions to a role; those of the console bring along what their pages need. */
export const add: Action = async ({ args: [name, ...permissions], connect }) => {
  const { api } = await connect()
  const role = await api.getRoleByName(encodeURIComponent(name!))
  const all = [...role.permissions, ...permissions, ...neededBy(permissions)]
  await api.patchRole(role.id, { permissions: [...new Set(all)] })
}

/** Takes permissions from a role, and what only their pages of the console needed. */
export const remove: Action = async ({ args: [name, ...permissions], connect }) => {
  const { api } = await connect()
  const role = await api.getRoleByName(encodeURIComponent(name!))
  const left = role.permissions.filter((one) => !permissions.includes(one))
  const stillNeeded = neededBy(left)
  const spare = new Set(neededBy(permissions).filter((one) => !stillNeeded.includes(one)))
  await api.patchRole(role.id, { permissions: left.filter((one) => !spare.has(one)) })
}

/** Gives a built-in role the permissions it has on a new server. */
export const reset: Action = async ({ args, out, connect }) => {
  const { defaultRoles } = await import('../../../../server/src/database/seed.ts')
  const original = defaultRoles.find((one) => one.name === args[0])
  if (!original) throw new Error(`"${args[0]}" is not a built-in role; \`mmctl roles list\` shows all roles`)
  const { api } = await connect()
  const role = await api.getRoleByName(original.name)
  printRole(out, await api.call<Role>('PUT', `/roles/${role.id}/patch`, { permissions: original.permissions }))
}

/** What the pages of the console behind some permissions need beside them. */
function neededBy(permissions: readonly string[]): string[] {
  const pages = permissions.filter((one) => one.startsWith(CONSOLE))
  return withAncillary(pages).filter((one) => !pages.includes(one))
}
