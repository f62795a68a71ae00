import { getState, useStore } from '../client/store.ts'
import { propertiesOf, savedTheme, schemeOf } from '../features/settings/theme/mattermost-theme.ts'
import type { Scheme } from '../features/settings/theme/mattermost-theme.ts'
import { preferenceKey } from '../store/state.ts'
import type { State } from '../store/state.ts'
import { currentTeamId, usePlace } from './place.ts'

/** How the page looks, by what the reader chose. Kept on this device too, so that the first picture is right. */
interface Look {
  readonly scheme: Scheme
  /** custom properties, of colours of one's own */
  readonly properties: Readonly<Record<string, string>>
  readonly dark: boolean
  /** more, normal, or '' for what the system wants */
  readonly contrast: string
  readonly density: string
  /** centered, or '' for the full width */
  readonly width: string
}

const KEY = 'outpost.look'
const PLAIN: Look = { scheme: 'system', properties: {}, dark: false, contrast: '', density: '', width: '' }

/** The look that goes with the account. */
function lookOf(state: State): Look {
  const choice = (name: string): string => state.preferences[preferenceKey('display_settings', name)]?.value ?? ''
  const theme = savedTheme(state, currentTeamId())
  const scheme = schemeOf(theme, state.config['DefaultTheme'])
  const own = scheme === 'own' && theme ? propertiesOf(theme) : { dark: scheme === 'dark', properties: {} }
  const density = choice('message_display') === 'compact' ? 'compact' : ''
  const width = choice('channel_display_mode') === 'centered' ? 'centered' : ''
  return { scheme, ...own, contrast: choice('contrast'), density, width }
}

function keptLook(): Look {
  try {
    return { ...PLAIN, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') }
  } catch {
    return PLAIN
  }
}

let drawn = ''
let own: readonly string[] = []

/** Puts the look on the page: that of the account, or of this device while nobody is signed in. */
export function applyTheme(): void {
  const state = getState()
  const look = state.me ? lookOf(state) : keptLook()
  const kept = JSON.stringify(look)
  if (kept === drawn) return
  drawn = kept
  localStorage.setItem(KEY, kept)
  draw(look)
}

/** Keeps the page in step with what is chosen, here, in another window or on another device. */
export function followTheme(): void {
  useStore.subscribe((state, before) => {
    if (state.preferences !== before.preferences || state.config !== before.config) applyTheme()
  })
  usePlace.subscribe((place, before) => {
    if (place.teamId !== before.teamId) applyTheme()
  })
}

function draw({ scheme, properties, dark, contrast, density, width }: Look): void {
  const { dataset, style } = document.documentElement
  const set = (name: string, value: string): void => {
    if (value) dataset[name] = value
    else delete dataset[name]
  }
  set('theme', scheme === 'system' ? '' : dark ? 'dark' : 'light')
  set('ownTheme', scheme === 'own' ? 'true' : '')
  set('contrast', contrast)
  set('density', density)
  set('width', width)
  for (const name of own) style.removeProperty(name)
  own = Object.keys(properties)
  for (const [name, value] of Object.entries(properties)) style.setProperty(name, value)
  // The frame that systems draw around an installed app.
  const { backgroundColor } = getComputedStyle(document.documentElement)
  for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
    meta.setAttribute('content', backgroundColor)
}
