import type { Role } from '@mattermost/types/roles'
import { withAncillary } from '../../../../server/src/roles/ancillary.ts'
import type { Printer } from '../../output/printer.ts'

/** Prints a role as a table. For roles of the console a column names the pages that need a permission. */
export function printRole(out: Printer, role: Role): void {
  const permissions = role.permissions.toSorted()
  const pages = permissions.filter((one) => one.startsWith('sysconsole_'))
  const users = (permission: string) =>
    pages.filter((page) => page !== permission && withAncillary([page]).includes(permission))
  const rows = [
    ['Property', 'Value', 'Used by'],
    ['--------', '-----', '-------'],
    ['Name', role.name, ''],
    ['DisplayName', role.display_name, ''],
    ['BuiltIn', String(role.built_in), ''],
    ['SchemeManaged', String(role.scheme_managed), ''],
    ...permissions.map((one, at) => [at === 0 ? 'Permissions' : '', one, users(one).join(', ')]),
    ...(permissions.length === 0 ? [['Permissions', '', '']] : []),
  ]
  const shown = pages.length > 0 ? rows : rows.map((row) => row.slice(0, 2))
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)))
  const lines = shown.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join(' ')
      .trimEnd(),
  )
  out.print(lines.join('\n'), role)
}
