import type { KeyboardEvent } from 'react'
import { isMac } from '../../shell/keyboard.ts'

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

/** Whether a text ends inside of a block of code that is not closed. */
export const isInCode = (textBefore: string): boolean => (textBefore.match(/^ {0,3}```/gm)?.length ?? 0) % 2 === 1

/** Cmd on a Mac, Ctrl elsewhere, and nothing else unless said. */
export const hasMod = (event: KeyboardEvent): boolean => (isMac ? event.metaKey : event.ctrlKey)
