/** Nobody waits longer than this for a field; then the keys go where they always go (ms). */
const PATIENCE = 3_000

const FIELD = 'input, textarea, [contenteditable="true"]'

let held: { text: string; isThere: (focus: Element) => boolean; end: () => void } | undefined

/**
 * Keeps what is typed right after a key that opened something, until the focus is there, and writes it into the field
 * that has the focus then: whoever types quickly must neither lose a letter nor find it in the message he was writing.
 * `isThere` says whether the focus has arrived. What an input method is composing cannot be held.
 */
export function holdTyping(isThere: (focus: Element) => boolean): void {
  held?.end()
  const timer = setTimeout(() => held?.end(), PATIENCE)
  const end = (): void => {
    clearTimeout(timer)
    window.removeEventListener('keydown', keep, true)
    window.removeEventListener('focusin', arrive, true)
    held = undefined
  }
  held = { text: '', isThere, end }
  window.addEventListener('keydown', keep, true)
  window.addEventListener('focusin', arrive, true)
}

function keep(event: KeyboardEvent): void {
  if (!held || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'Backspace') held.text = held.text.slice(0, -1)
  else if (event.key.length === 1) held.text += event.key
  else return
  event.preventDefault()
  event.stopPropagation()
}

function arrive({ target }: FocusEvent): void {
  if (!held || !(target instanceof Element) || !held.isThere(target)) return
  const { text, end } = held
  end()
  // The browser's own way of typing: the field's owner hears of it as of any other key.
  if (text && target.matches(FIELD)) document.execCommand('insertText', false, text)
}
