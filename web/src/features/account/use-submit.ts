import { useState } from 'react'
import type { FormEvent } from 'react'
import { errorId, isUnreachable } from '../../client/api.ts'
import type { ApiError } from '../../client/api.ts'
import { useText } from '../../shell/i18n.tsx'

export interface Submit {
  readonly busy: boolean
  /** the server's own sentence, or what to do when it was not reached */
  readonly error: string
  /** the error's id, for fields that say it themselves */
  readonly errorId: string
  /** shows something else as the error */
  readonly setError: (text: string) => void
  readonly onSubmit: (event: FormEvent) => void
}

/** Sends a form once at a time. `send` rejects with what the person is to read. */
export function useSubmit(send: () => Promise<void>): Submit {
  const t = useText()
  const [state, setState] = useState({ busy: false, error: '', errorId: '' })
  const run = async (): Promise<void> => {
    setState({ busy: true, error: '', errorId: '' })
    try {
      await send()
      setState((now) => ({ ...now, busy: false }))
    } catch (error) {
      const unreachable = t('account.unreachable', 'The server does not answer. Check your connection and try again.')
      const text = isUnreachable(error) ? unreachable : (error as ApiError).message
      setState({ busy: false, error: text, errorId: errorId(error) })
    }
  }
  return {
    ...state,
    setError: (error) => setState({ busy: false, error, errorId: '' }),
    onSubmit: (event) => {
      event.preventDefault()
      if (!state.busy) void run()
    },
  }
}
