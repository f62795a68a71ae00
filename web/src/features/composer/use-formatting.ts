import { useState } from 'react'

const KEY = 'outpost.formatting'

function saved(): boolean {
  try {
    return (localStorage.getItem(KEY) ?? String(window.innerWidth >= 768)) === 'true'
  } catch {
    return false
  }
}

/** Whether the formatting bar is shown; remembered on this device. */
export function useFormatting(): [boolean, () => void] {
  const [shown, setShown] = useState(saved)
  const toggle = (): void => {
    setShown(!shown)
    try {
      localStorage.setItem(KEY, String(!shown))
    } catch {
      // Only this page remembers it then.
    }
  }
  return [shown, toggle]
}
