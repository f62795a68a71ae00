import { isUnreachable } from '../../../client/api.ts'
import type { ApiError } from '../../../client/api.ts'
import { currentText } from '../../../shell/i18n.tsx'
import { showToast } from '../../../ui/toasts.ts'

/** What went wrong, in the server's words or ours when it was not reached. */
export function failureText(error: unknown): string {
  const t = currentText()
  if (!isUnreachable(error)) return (error as ApiError).message
  return t('posts.not_reached', 'The server was not reached. Try again when the connection is back.')
}

/** Something that was asked for did not happen: says why. */
export const tellFailure = (error: unknown): void => void showToast(failureText(error), { tone: 'danger' })
