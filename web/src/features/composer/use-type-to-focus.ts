import { useEffect } from 'react'
import type { RefObject } from 'react'

/** Who types while nothing has the focus means the composer: the letter arrives there. */
export function useTypeToFocus(field: RefObject<HTMLTextAreaElement | null>, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent): void => {
      const isLetter = event.key.length === 1 || event.keyCode === 229
      if (!isLetter || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (document.activeElement === document.body && event.key !== ' ') field.current?.focus()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [field, enabled])
}
