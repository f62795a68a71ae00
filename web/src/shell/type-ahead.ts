/** Nobody waits longer than this for a field; then the keys go where they always go (ms). */
const PATIENCE = 3_000

const FIELD = 'input, textarea, [contenteditable="true"]'

interface Held {
  text: string
  /** Enter was pressed behind the text: what is typed after it is for nobody yet */
  entered: boolean
  readonly isThere: (focus: Element) => boolean
  readonly onEscape: (() => void) | undefined
  readonly end: () => void
}

let held: Held | undefined

/**
 * Keeps what is typed right after a key that opened something, until the focus is there, and writes it into the field
 * that has the focus then: whoever types quickly must neither lose a letter nor find it in the message he was writing, nor send
 * that by Enter. `isThere` says whether the focus has arrived; Escape means that it need not come. What an input method is
 * composing cannot be held.
 */
export function holdTyping(isThere: (focus: Element) => boolean, onEscape?: () => void): void {
  held?.end()
  const timer = setTimeout(() => held?.end(), PATIENCE)
  const end = (): void => {
    clearTimeout(timer)
    window.removeEventListener('keydown', keep, true)
    window.removeEventListener('focusin', arrive, true)
    held = undefined
  }
  held = { text: '', entered: false, isThere, onEscape, end }
  window.addEventListener('keydown', keep, true)
  window.addEventListener('focusin', arrive, true)
}

function keep(event: KeyboardEvent): void {
  if (!held || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
  const { key } = event
  if (key === 'Escape' && held.onEscape) giveUp(held)
  else if (key === 'Enter') held.entered = true
  else if (key === 'Backspace') held.text = held.entered ? held.text : held.text.slice(0, -1)
  else if (key.length === 1) held.text += held.entered ? '' : key
  else return
  event.preventDefault()
  event.stopPropagation()
}

function giveUp({ end, onEscape }: Held): void {
  end()
  onEscape?.()
}

function arrive({ target }: FocusEvent): void {
  if (!held || !(target instanceof HTMLElement) || !held.isThere(target)) return
  const { text, entered, end } = held
  end()
  // The browser's own way of typing: the field's owner hears of it as of any other key.
  if (text && target.matches(FIELD)) document.execCommand('insertText', false, text)
  if (entered) requestAnimationFrame(() => requestAnimationFrame(() => pressEnter(target)))
}

function pressEnter(target: HTMLElement): void {
  const key = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }
  target.dispatchEvent(new KeyboardEvent('keydown', key))
}
