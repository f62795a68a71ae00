import { create } from 'zustand'
import type { Id } from '../store/state.ts'

/** What stands on the right side. */
export type Panel =
  | { readonly kind: 'thread'; readonly rootId: Id; readonly focusPostId?: Id }
  | { readonly kind: 'search'; readonly terms: string; readonly what?: 'posts' | 'files' }
  | { readonly kind: 'mentions' | 'saved' }
  | { readonly kind: 'pinned' | 'info' | 'members' | 'files'; readonly channelId: Id }
  | { readonly kind: 'history'; readonly postId: Id }

interface Panels {
  /** the last one is shown; `Back` and Escape go to the one before */
  readonly stack: readonly Panel[]
}

export const usePanels = create<Panels>()(() => ({ stack: [] }))

/** The panel that is shown, if any. */
export const useTopPanel = (): Panel | undefined => usePanels((state) => state.stack.at(-1))

const same = (one: Panel | undefined, other: Panel): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Shows a panel on the right side. Pass `below: true` to come back to the present one when it is closed. */
export function openPanel(panel: Panel, options: { below?: boolean } = {}): void {
  usePanels.setState(({ stack }) => {
    if (same(stack.at(-1), panel)) return { stack }
    return { stack: options.below ? [...stack, panel] : [panel] }
  })
}

/** Opens the panel, or closes it when it is what is shown. */
export function togglePanel(panel: Panel): void {
  if (same(usePanels.getState().stack.at(-1), panel)) closePanel()
  else openPanel(panel)
}

/** Back to the panel below, or none. */
export const closePanel = (): void => usePanels.setState(({ stack }) => ({ stack: stack.slice(0, -1) }))

/** No panel at all, as when another channel's things stood in it. */
export const closeAllPanels = (): void => usePanels.setState({ stack: [] })
