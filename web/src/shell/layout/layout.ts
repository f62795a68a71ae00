import { create } from 'zustand'

interface Layout {
  /** px */
  readonly sidebarWidth: number
  /** px */
  readonly rightWidth: number
  /** narrow windows show the sidebar or the page */
  readonly sidebarOpen: boolean
}

const KEY = 'outpost.layout'

function saved(): Partial<Layout> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}')
  } catch {
    return {}
  }
}

/** Widths of the columns, kept on this device. */
export const useLayout = create<Layout>()(() => ({
  sidebarWidth: 264,
  rightWidth: 400,
  ...saved(),
  sidebarOpen: false,
}))

useLayout.subscribe(({ sidebarWidth, rightWidth }, before) => {
  if (sidebarWidth === before.sidebarWidth && rightWidth === before.rightWidth) return
  localStorage.setItem(KEY, JSON.stringify({ sidebarWidth, rightWidth }))
})

/** Narrow windows: shows the list of channels, or the page. */
export function showSidebar(open: boolean): void {
  if (useLayout.getState().sidebarOpen !== open) useLayout.setState({ sidebarOpen: open })
}
