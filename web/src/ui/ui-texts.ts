import { createContext, use } from 'react'

/** The few words that components say by themselves, in the reader's language. */
export interface UiTexts {
  close: string
  clear: string
  cancel: string
  loading: string
  showPassword: string
  hidePassword: string
  /** The region where short notices appear. */
  notices: string
  /** Beside the name of a field that may stay empty. */
  optional: string
  /** The button that opens a list or a calendar beside a field. */
  open: string
  /** A colour that cannot be read, for example `Write a colour as #1f75cb.` */
  colorInvalid: string
}

const english: UiTexts = {
  close: 'Close',
  clear: 'Clear',
  cancel: 'Cancel',
  loading: 'Loading',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  notices: 'Notices',
  optional: 'optional',
  open: 'Open',
  colorInvalid: 'Write a colour as #1f75cb.',
}

export const UiTextContext = createContext<UiTexts>(english)

/** The words that components say by themselves. */
export const useUiTexts = (): UiTexts => use(UiTextContext)
