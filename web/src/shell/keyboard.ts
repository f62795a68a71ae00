import { useEffect } from 'react'
import { isMac } from '../ui/platform.ts'

export { isMac }

/** A key with its modifiers: `mod+k`, `mod+shift+l`, `alt+ArrowUp`, `F6`, `Escape`. Letters are those of the physical key, so that they work while Hangul is on. */
export type Shortcut = string

/** Answers true when it took the key. */
type Handler = (event: KeyboardEvent) => boolean | void

const handlers: { shortcut: Shortcut; handler: Handler }[] = []

/** Takes a key until the answer is called. The handler that came last is asked first; one that returns false passes it on. */
export function addShortcut(shortcut: Shortcut, handler: Handler): () => void {
  const entry = { shortcut, handler }
  handlers.unshift(entry)
  return () => void handlers.splice(handlers.indexOf(entry), 1)
}

/** Takes a key for as long as the component is there, as `addShortcut` does. */
export function useShortcut(shortcut: Shortcut, handler: Handler): void {
  useEffect(() => addShortcut(shortcut, handler), [shortcut, handler])
}

/** The name of what was pressed, as shortcuts are written. Punctuation stands for itself. */
export function shortcutOf(event: KeyboardEvent): Shortcut {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase()
  const digit = /^Digit(\d)$/.exec(event.code)?.[1]
  const punctuation = { Slash: '/', Comma: ',', Period: '.', BracketLeft: '[', BracketRight: ']', Backslash: '\\' }[
    event.code
  ]
  const key = letter ?? digit ?? punctuation ?? event.key
  const mod = isMac ? event.metaKey : event.ctrlKey
  const control = isMac && event.ctrlKey
  return [mod && 'mod', control && 'ctrl', event.altKey && 'alt', event.shiftKey && 'shift', key]
    .filter(Boolean)
    .join('+')
}

/** Listens for shortcuts of the whole page. Returns what ends it. */
export function listenForShortcuts(): () => void {
  const listen = (event: KeyboardEvent): void => {
    // A key that builds a syllable belongs to the input method.
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
    const pressed = shortcutOf(event)
    for (const { shortcut, handler } of handlers.slice()) {
      if (shortcut !== pressed || handler(event) === false) continue
      event.preventDefault()
      return
    }
  }
  window.addEventListener('keydown', listen)
  return () => window.removeEventListener('keydown', listen)
}
