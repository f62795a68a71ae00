/**
 * Takes out what would act on a terminal instead of being read: escape sequences (CSI, OSC and other strings, and
 * those of two characters, in their 7-bit and 8-bit forms) and control characters. Tab, CR and LF stay.
 */
export function sanitize(text: string): string {
  return text.replace(ESCAPES, '').replace(CONTROLS, '')
}

/** The same for text that is printed as JSON: escaped, so that the value stays what it is. */
export function sanitizeJson(text: string): string {
  // The rest of the control characters JSON.stringify has escaped already.
  return text.replace(/[\u007f-\u009f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const ESCAPES = new RegExp(
  [
    String.raw`(?:\u001b\[|\u009b)[\u0030-\u003f]*[\u0020-\u002f]*[\u0040-\u007e]?`,
    String.raw`(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)?`,
    String.raw`\u001b[\u0020-\u002f]*[\u0030-\u007e]?`,
  ].join('|'),
  'g',
)

const CONTROLS = new RegExp(String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]`, 'g')
