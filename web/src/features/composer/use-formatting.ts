import { create } from 'zustand'

const KEY = 'outpost.formatting'

function saved(): boolean {
  try {
    return (localStorage.getItem(KEY) ?? String(window.innerWidth >= 768)) === 'true'
  } catch {
    return false
  }
}

const useShown = create<boolean>()(saved)

/** Whether the formatting bar is shown, in every box to write in; remembered on this device. */
export const useFormatting = (): readonly [boolean, () => void] => [useShown(), toggle]

function toggle(): void {
  const shown = !useShown.getState()
  useShown.setState(shown, true)
  try {
    localStorage.setItem(KEY, String(shown))
  } catch {
    // Only this page remembers it then.
  }
}
