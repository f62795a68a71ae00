import type { Command, Flag, Path } from './command.ts'
import { pathName } from './command.ts'
import { globalFlags } from './global-flags.ts'

/** The help text of a command, ending in a line break. */
export function helpText(path: Path): string {
  const command = path.at(-1)!
  const name = pathName(path)
  const shown = (command.commands ?? []).filter((one) => !one.hidden).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const isRoot = path.length === 1
  const own = [...(command.flags ?? []), ...(isRoot ? globalFlags : globalFlags.filter((one) => one.name === 'help'))]
  const sections = [
    `${command.help}.`,
    section('Usage', usageLines(command, name)),
    section('Aliases', command.aliases ? [[command.name, ...command.aliases].join(', ')] : []),
    section(
      'Examples',
      (command.examples ?? []).map((line) => `mmctl ${line}`),
    ),
    section('Available Commands', table(shown.map((one) => [one.name, one.help]))),
    section('Flags', flagLines(own)),
    isRoot ? '' : section('Global Flags', flagLines(globalFlags.filter((one) => one.name !== 'help'))),
    shown.length > 0 ? `Use "${name} [command] --help" for more about a command.` : '',
  ]
  return `${sections.filter(Boolean).join('\n\n')}\n`
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n')
}

function usageLines(command: Command, name: string): string[] {
  if (!command.load) return [`${name} [command]`]
  return [[name, command.usage, '[flags]'].filter(Boolean).join(' ')]
}

function flagLines(flags: readonly Flag[]): string[] {
  const shown = flags.filter((one) => !one.hidden).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return table(shown.map((flag) => [flagForm(flag), flag.help + defaultOf(flag)]))
}

function flagForm(flag: Flag): string {
  const type = { bool: '', int: ' int', uint: ' uint', string: ' string', strings: ' strings', repeatable: ' string' }
  return `${flag.short ? `-${flag.short}, ` : '    '}--${flag.name}${type[flag.type]}`
}

function defaultOf(flag: Flag): string {
  if (flag.required) return ' (required)'
  if (flag.default === '' || ['bool false', 'int 0', 'uint 0'].includes(`${flag.type} ${flag.default}`)) return ''
  return ` (default ${flag.type === 'string' ? JSON.stringify(flag.default) : flag.default})`
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `${left.padEnd(width)}   ${right}`)
}
