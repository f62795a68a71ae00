import type { KeyboardEvent } from 'react'
import { isMac } from '../../shell/keyboard.ts'
import type { Shortcut } from '../../shell/keyboard.ts'
import { isInCode } from './edit-text.ts'

/** A key that builds a syllable belongs to the input method. 229: Safari says so for the key that ends a composition. */
export const isComposing = (event: KeyboardEvent): boolean => event.nativeEvent.isComposing || event.keyCode === 229

/** Enter is the only key of a touch keyboard that makes a new line; sending has a button there. */
const isTouch = (): boolean => matchMedia('(pointer: coarse) and (hover: none)').matches

interface EnterRules {
  /** advanced_settings, send_on_ctrl_enter */
  readonly sendOnMod: boolean
  /** advanced_settings, code_block_ctrl_enter: the same, inside of an open block of code only */
  readonly codeOnMod: boolean
}

/** What Enter does: send, or make a new line. Null for other keys, and for Enter with Alt. */
export function enterMeans(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  textBefore: string,
  { sendOnMod, codeOnMod }: EnterRules,
  touch = isTouch(),
): 'send' | 'newline' | null {
  if (event.key !== 'Enter' || event.altKey) return null
  if (event.ctrlKey || event.metaKey) return 'send'
  if (event.shiftKey || touch || sendOnMod) return 'newline'
  return codeOnMod && isInCode(textBefore) ? 'newline' : 'send'
}

const NAMES: Readonly<Record<string, string>> = { mod: 'Ctrl', alt: 'Alt', shift: 'Shift' }

/** A shortcut as people read it: `mod+shift+x` is Ctrl+Shift+X. */
export const keysOf = (shortcut: Shortcut): string =>
  shortcut
    .split('+')
    .map((key) => NAMES[key] ?? key.toUpperCase())
    .join('+')

/** Cmd on a Mac, Ctrl elsewhere. */
export const hasMod = ({ metaKey, ctrlKey }: KeyboardEvent): boolean => (isMac ? metaKey : ctrlKey)
