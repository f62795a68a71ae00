import { basePath } from '../../client/base-path.ts'
import { closeDialogsAbove, openDialogs, onDialogs } from '../dialogs.tsx'
import { goTo } from '../navigate.ts'
import { usePanels } from '../panels.ts'
import type { Panel } from '../panels.ts'
import { useLayout } from './layout.ts'
import { isNarrow } from './narrow.ts'

/** What lies on top of each other in a narrow window. */
interface Panes {
  readonly list: boolean
  readonly stack: readonly Panel[]
  readonly dialogs: number
}

/** What an entry of the browser's history shows, and where in it each lower layer was shown last (the router's index). */
interface Entry extends Panes {
  readonly at: readonly (number | null)[]
}

interface Known {
  readonly index: number
  readonly path: string
  readonly entry: Entry
}

let known: Known | undefined
/** A step through the history is on its way: to what is shown already, or past what does not come back. */
let going: 'after' | 'past' | undefined
let timer: ReturnType<typeof setTimeout> | undefined

/**
 * On narrow windows each layer that opens (list → page → panels → dialogs) is a step of the browser's history, so that its
 * Back, the gesture of the system too, closes the top one. Closing a layer by its own button takes the step back. Returns
 * what ends it.
 */
export function startPaneHistory(): () => void {
  const ends = [
    useLayout.subscribe(paneHistoryChanged),
    usePanels.subscribe(paneHistoryChanged),
    onDialogs(paneHistoryChanged),
  ]
  window.addEventListener('popstate', arrived)
  paneHistoryChanged()
  return () => {
    ends.forEach((end) => end())
    window.removeEventListener('popstate', arrived)
    clearTimeout(timer)
    known = undefined
    going = undefined
  }
}

/** Something was opened or closed, or the address changed: the history follows once both have settled. */
export function paneHistoryChanged(): void {
  clearTimeout(timer)
  timer = setTimeout(follow)
}

const shownPanes = (): Panes => ({
  list: useLayout.getState().sidebarOpen,
  stack: usePanels.getState().stack,
  dialogs: openDialogs(),
})

const depthOf = ({ list, stack, dialogs }: Panes): number => (list ? 0 : 1) + stack.length + dialogs
const textOf = ({ list, stack, dialogs }: Panes): string => JSON.stringify([list, stack, dialogs])
const indexNow = (): number => history.state?.idx ?? 0
const entryNow = (): Entry | undefined => history.state?.panes

function follow(): void {
  if (going || !isNarrow()) return
  const entry = entryNow()
  if (!entry) return arrivedAnew()
  known ??= { index: indexNow(), path: location.pathname, entry }
  const shown = shownPanes()
  if (textOf(shown) === textOf(entry)) return
  const depth = depthOf(shown)
  const target = entry.at[depth]
  if (depth > depthOf(entry)) push(shown, entry.at)
  else if (depth < depthOf(entry) && typeof target === 'number' && target < indexNow()) go('after', target - indexNow())
  else write(shown, entry.at)
}

/** The router made this entry, or the page was opened with it. */
function arrivedAnew(): void {
  const shown = shownPanes()
  const before = known
  const replaced = before?.index === indexNow() ? before : undefined
  // Opened in a conversation, or the list was replaced by its page: Back leads to the list all the same.
  if (!shown.list && (!before || replaced?.entry.list)) {
    write({ list: true, stack: [], dialogs: 0 }, [])
    return push(shown, entryNow()!.at)
  }
  const left = before && before.path !== location.pathname
  if (left && shown.stack.length > 0 && JSON.stringify(shown.stack) === JSON.stringify(before.entry.stack)) {
    // Whoever follows a link in a panel wants to see where it leads.
    usePanels.setState({ stack: [] })
  }
  write(shownPanes(), before?.entry.at ?? [])
}

function write(panes: Panes, at: Entry['at']): void {
  const depth = depthOf(panes)
  const below = Array.from({ length: depth }, (_, level) => at[level] ?? null)
  const entry: Entry = { ...panes, at: [...below, indexNow()] }
  history.replaceState({ ...history.state, panes: entry }, '')
  known = { index: indexNow(), path: location.pathname, entry }
}

function push(panes: Panes, at: Entry['at']): void {
  const { pathname, search, hash } = location
  goTo(`${pathname.slice(basePath.length)}${search}${hash}`, { state: history.state?.usr })
  write(panes, at)
}

function go(why: typeof going, steps: number): void {
  going = why
  history.go(steps)
}

/** Back or Forward: what the entry showed is shown again. */
function arrived(): void {
  const why = going
  going = undefined
  const entry = entryNow()
  if (!isNarrow()) return
  if (!entry) return paneHistoryChanged()
  known = { index: indexNow(), path: location.pathname, entry }
  // The history went after what is shown; what was opened since then stays.
  if (why === 'after') return paneHistoryChanged()
  // A dialog that is closed does not come back: its step is passed over.
  if (entry.dialogs > openDialogs()) return go('past', -1)
  closeDialogsAbove(entry.dialogs)
  usePanels.setState({ stack: entry.stack })
  useLayout.setState({ sidebarOpen: entry.list })
}
