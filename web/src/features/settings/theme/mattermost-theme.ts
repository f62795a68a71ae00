import type { State } from '../../../store/state.ts'
import { preferenceKey } from '../../../store/state.ts'

/** The colours of a Mattermost theme that mean something here, in the order in which they are shown. */
export const THEME_COLOURS = [
  'centerChannelBg',
  'centerChannelColor',
  'linkColor',
  'buttonBg',
  'buttonColor',
  'sidebarBg',
  'sidebarText',
  'sidebarTeamBarBg',
  'mentionBg',
  'mentionColor',
  'errorTextColor',
  'onlineIndicator',
  'awayIndicator',
  'dndIndicator',
] as const

export type ThemeColour = (typeof THEME_COLOURS)[number]

/** A theme as the ecosystem's clients keep it: `type` names it, the rest are colours and the name of a palette for code. */
export type MattermostTheme = Partial<Record<ThemeColour, string>> & { type?: string } & Record<
    string,
    string | undefined
  >

/** light, dark, as the system has it, or colours of one's own. */
export type Scheme = 'light' | 'dark' | 'system' | 'own'

const NAMES: Record<'light' | 'dark' | 'system', string> = {
  light: 'Outpost Light',
  dark: 'Outpost Dark',
  system: 'Outpost System',
}

/** Themes that came with Mattermost, in this and older versions: whoever chose one wanted light or dark, not its very colours. */
const STOCK: Record<string, 'light' | 'dark'> = {
  denim: 'light',
  sapphire: 'light',
  quartz: 'light',
  mattermost: 'light',
  organization: 'light',
  indigo: 'dark',
  onyx: 'dark',
  'mattermost dark': 'dark',
  mattermostdark: 'dark',
  'windows dark': 'dark',
  windows10: 'dark',
}

/** Ours in the terms of Mattermost, for its other clients. */
const LIGHT: MattermostTheme = {
  sidebarBg: '#f5f5f8',
  sidebarText: '#5c5b66',
  sidebarUnreadText: '#212028',
  sidebarTextHoverBg: '#e9e9ee',
  sidebarTextActiveBorder: '#6444c2',
  sidebarTextActiveColor: '#212028',
  sidebarHeaderBg: '#e9e8ee',
  sidebarTeamBarBg: '#e9e8ee',
  sidebarHeaderTextColor: '#212028',
  onlineIndicator: '#2f9e58',
  awayIndicator: '#c8811a',
  dndIndicator: '#d4333a',
  mentionBg: '#c94e0f',
  mentionBj: '#c94e0f',
  mentionColor: '#ffffff',
  centerChannelBg: '#ffffff',
  centerChannelColor: '#212028',
  newMessageSeparator: '#c94e0f',
  linkColor: '#5d3cc0',
  buttonBg: '#6444c2',
  buttonColor: '#ffffff',
  errorTextColor: '#b3232c',
  mentionHighlightBg: '#fdf3e3',
  mentionHighlightLink: '#5d3cc0',
  codeTheme: 'github',
}

const DARK: MattermostTheme = {
  sidebarBg: '#131318',
  sidebarText: '#a9a8b3',
  sidebarUnreadText: '#e7e7ea',
  sidebarTextHoverBg: '#212127',
  sidebarTextActiveBorder: '#7a5ccf',
  sidebarTextActiveColor: '#e7e7ea',
  sidebarHeaderBg: '#0e0e12',
  sidebarTeamBarBg: '#0e0e12',
  sidebarHeaderTextColor: '#e7e7ea',
  onlineIndicator: '#4fc27c',
  awayIndicator: '#e0ac4a',
  dndIndicator: '#ea6a66',
  mentionBg: '#f0883e',
  mentionBj: '#f0883e',
  mentionColor: '#251408',
  centerChannelBg: '#1b1b20',
  centerChannelColor: '#e7e7ea',
  newMessageSeparator: '#f0883e',
  linkColor: '#b7a3f5',
  buttonBg: '#7a5ccf',
  buttonColor: '#ffffff',
  errorTextColor: '#f59b93',
  mentionHighlightBg: '#33271a',
  mentionHighlightLink: '#b7a3f5',
  codeTheme: 'monokai',
}

/** What is kept for one of our own looks: its name, and colours for clients that do not know it. */
export const themeOf = (scheme: 'light' | 'dark' | 'system'): MattermostTheme => ({
  ...(scheme === 'dark' ? DARK : LIGHT),
  type: NAMES[scheme],
})

/** The theme I chose: that of the team, else that for all teams; undefined when I chose none. */
export function savedTheme(state: State, teamId: string): MattermostTheme | undefined {
  for (const name of [teamId, '']) {
    const theme = parseTheme(state.preferences[preferenceKey('theme', name)]?.value ?? '')
    if (theme) return theme
  }
  return undefined
}

/** Which look a theme, or the name of one, asks for. */
export function schemeOf(theme: MattermostTheme | undefined, fallback = ''): Scheme {
  // Nobody chose anything: neither this person nor the administrator.
  if (!theme && ['', 'default'].includes(fallback.toLowerCase())) return 'system'
  const type = (theme ? (theme.type ?? 'custom') : fallback).toLowerCase()
  for (const [scheme, name] of Object.entries(NAMES)) if (name.toLowerCase() === type) return scheme as Scheme
  return STOCK[type] ?? (theme ? 'own' : 'system')
}

/**
 * Reads the JSON of a theme, from a preference or as people paste it. Only colours are taken over, as #rrggbb; what is no
 * colour is left out. Undefined when it is no theme at all.
 */
export function parseTheme(json: string): MattermostTheme | undefined {
  let raw: unknown
  try {
    raw = JSON.parse(json)
  } catch {
    return undefined
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined
  const given = raw as Record<string, unknown>
  const theme: Record<string, string> = {}
  for (const [key, value] of Object.entries(given)) {
    if (typeof value !== 'string') continue
    if (key === 'type' || key === 'codeTheme') theme[key] = value.slice(0, 64)
    else if (parseColour(value)) theme[key] = parseColour(value)!
  }
  // An old spelling of theirs that is still found.
  if (!theme['mentionBg'] && theme['mentionBj']) theme['mentionBg'] = theme['mentionBj']
  return THEME_COLOURS.some((name) => theme[name]) ? (theme as MattermostTheme) : undefined
}

/** #rrggbb from #rgb, #rrggbb or rgb(…); transparency is left out. */
function parseColour(text: string): string | undefined {
  const trimmed = text.trim().toLowerCase()
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})(?:[0-9a-f]{2})?$/.exec(trimmed)?.[1]
  if (hex) return hex.length === 6 ? `#${hex}` : `#${hex.replace(/./g, '$&$&')}`
  const parts = /^rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*[\d.]+\s*)?\)$/.exec(trimmed)?.slice(1)
  const numbers = parts?.map(Number)
  if (!numbers || numbers.some((one) => one > 255)) return undefined
  return `#${numbers.map((one) => one.toString(16).padStart(2, '0')).join('')}`
}

/** A complete set of colours: what the theme lacks is taken from ours. */
export function completeTheme(theme: MattermostTheme): Record<ThemeColour, string> {
  const base = lightness(theme.centerChannelBg ?? LIGHT.centerChannelBg!) < 0.4 ? DARK : LIGHT
  const entries = THEME_COLOURS.map((name) => [name, theme[name] ?? base[name]!])
  return Object.fromEntries(entries) as Record<ThemeColour, string>
}

/** The custom properties that styles/own-theme.css wants, and whether the theme is a dark one. */
export function propertiesOf(theme: MattermostTheme): { dark: boolean; properties: Record<string, string> } {
  const colours = completeTheme(theme)
  return {
    dark: lightness(colours.centerChannelBg) < 0.4,
    properties: {
      '--surface': colours.centerChannelBg,
      '--text': colours.centerChannelColor,
      '--accent': colours.buttonBg,
      '--on-accent': colours.buttonColor,
      '--accent-text': colours.linkColor,
      '--mention': colours.mentionBg,
      '--on-mention': colours.mentionColor,
      '--mention-text': isReadable(colours) ? colours.mentionBg : colours.centerChannelColor,
      '--danger-text': colours.errorTextColor,
      '--sidebar': colours.sidebarBg,
      '--sidebar-text': colours.sidebarText,
      '--rail': colours.sidebarTeamBarBg,
      '--rail-text': colours.sidebarText,
      '--presence-online': colours.onlineIndicator,
      '--presence-away': colours.awayIndicator,
      '--presence-dnd': colours.dndIndicator,
    },
  }
}

/** The badge of a theme may be white, to stand on a dark sidebar; words of that colour could not be read. */
const isReadable = ({ mentionBg, centerChannelBg }: Record<ThemeColour, string>): boolean =>
  contrast(mentionBg, centerChannelBg) >= 4.5

/** Relative luminance of #rrggbb, 0 (black) to 1, as WCAG counts it. */
export function lightness(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

/** Contrast of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [lightness(one), lightness(other)].toSorted((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}
