import type { Edit } from './edit-text.ts'

/**
 * Changes the text of a field as if it were typed: undo takes it back, whoever listens for input hears it. What is being
 * composed is finished first, else the input method would write it once more.
 */
export function applyEdit(field: HTMLTextAreaElement, { from, to, insert, select }: Edit): void {
  settle(field)
  field.focus()
  field.setSelectionRange(from, to)
  const wanted = field.value.slice(0, from) + insert + field.value.slice(to)
  // The only way that keeps undo; browsers have no other and keep this one.
  if (insert === '' && from < to) document.execCommand('delete')
  else if (insert !== '') document.execCommand('insertText', false, insert)
  if (field.value !== wanted) {
    field.value = wanted
    field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText' }))
  }
  field.setSelectionRange(...select)
}

const composing = new WeakSet<HTMLTextAreaElement>()

/** Notes whether a syllable is being composed in a field. */
export function markComposing(field: HTMLTextAreaElement, on: boolean): void {
  if (on) composing.add(field)
  else composing.delete(field)
}

/** Whether a syllable is being composed in a field. */
export const composes = (field: HTMLTextAreaElement): boolean => composing.has(field)

/** Ends a composition, as leaving the field does: its syllable stands in the text then. */
export function settle(field: HTMLTextAreaElement): void {
  if (!composes(field)) return
  const { selectionStart, selectionEnd } = field
  field.blur()
  field.focus()
  field.setSelectionRange(selectionStart, selectionEnd)
}
