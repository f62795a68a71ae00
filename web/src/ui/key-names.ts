import { isMac } from './platform.ts'

const MAC: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩' }

/** The keys of one combination, each as it stands on the reader's keyboard: `Ctrl+Shift+K` is ⌘, ⇧ and K on a Mac. */
export const keyNames = (combination: string, mac = isMac): string[] =>
  combination.split(/\+(?=.)/).map((key) => (mac && MAC[key]) || key)

/** The same in a sentence: Ctrl+Enter, or ⌘↩ on a Mac. */
export const keysText = (combination: string, mac = isMac): string => keyNames(combination, mac).join(mac ? '' : '+')
