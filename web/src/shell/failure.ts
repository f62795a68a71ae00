import { isUnreachable } from '../client/api.ts'
import { showToast } from '../ui/toasts.ts'
import { currentText } from './i18n.tsx'

/** What did not work, for the reader: the server's own sentence, or that it was not reached. */
export function failureText(error: unknown): string {
  const t = currentText()
  if (!isUnreachable(error)) return (error as Error).message
  return t('shell.not_reached', 'The server was not reached. Check your connection and try again.')
}

/** Tells the reader in passing that something did not work. */
export const showFailure = (error: unknown): void => void showToast(failureText(error), { tone: 'danger' })
