import { getState } from '../../client/store.ts'
import { addShortcut } from '../../shell/keyboard.ts'
import type { Shortcut } from '../../shell/keyboard.ts'
import { useLayout } from '../../shell/layout/layout.ts'
import { goTo } from '../../shell/navigate.ts'
import { closeAllPanels, openPanel, togglePanel, usePanels } from '../../shell/panels.ts'
import type { Panel } from '../../shell/panels.ts'
import { currentChannelId } from '../../shell/place.ts'
import { teamsInOrder } from '../../store/teams.ts'
import { isSearching, searchIn } from '../search/open-search.ts'
import { openSettings, openShortcuts } from './open-settings.tsx'
import { GLOBAL, SEARCH } from './shortcuts.ts'

/** Widest and usual width (px) of the right side; the window takes half of its own at most. */
const WIDE = 4_000
const USUAL = 400

/** Takes the keys that work anywhere once somebody is signed in. */
export function takeGlobalShortcuts(): void {
  rememberPanels()
  take(GLOBAL.settings, () => openSettings())
  take(GLOBAL.help, openShortcuts)
  take(GLOBAL.mentions, () => togglePanel({ kind: 'mentions' }))
  take(GLOBAL.saved, () => togglePanel({ kind: 'saved' }))
  take(SEARCH, () => searchIn(''))
  // Pressed in the search itself, the key is the browser's: it looks through the page.
  take(GLOBAL.searchHere, () => {
    if (isSearching()) return false
    searchIn(currentChannelId())
    return true
  })
  take(GLOBAL.toggleRight, toggleRight)
  take(GLOBAL.expandRight, expandRight)
  take(GLOBAL.composer, focusComposer)
  for (let place = 1; place <= 9; place++) take(`mod+alt+${place}`, () => goToTeam(place))
}

/** Below a dialog the page does not answer to its keys. */
function take(shortcut: Shortcut, work: () => boolean | void): void {
  addShortcut(shortcut, () => !isBelowDialog() && work())
}

/** Dialogs take the page behind them out of reach. */
function isBelowDialog(): boolean {
  const root = document.getElementById('root')
  return root !== null && (root.inert || root.ariaHidden === 'true')
}

let last: readonly Panel[] = []

function rememberPanels(): void {
  usePanels.subscribe(({ stack }, before) => {
    if (stack.length === 0) last = before.stack
  })
}

/** Closes the right side, or opens it with what stood there last. */
function toggleRight(): boolean {
  if (usePanels.getState().stack.length > 0) closeAllPanels()
  else if (last.length > 0) usePanels.setState({ stack: last })
  else if (currentChannelId()) openPanel({ kind: 'info', channelId: currentChannelId() })
  else return false
  return true
}

let narrow = USUAL

function expandRight(): boolean {
  if (usePanels.getState().stack.length === 0) return false
  const { rightWidth } = useLayout.getState()
  if (rightWidth < WIDE) narrow = rightWidth
  useLayout.setState({ rightWidth: rightWidth < WIDE ? WIDE : narrow })
  return true
}

function focusComposer(): boolean {
  const field = document.querySelector<HTMLElement>('[data-region="main"] textarea')
  field?.focus()
  return field !== null
}

function goToTeam(place: number): boolean {
  const team = teamsInOrder(getState())[place - 1]
  if (team) goTo(`/${team.name}`)
  return team !== undefined
}
