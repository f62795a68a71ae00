import { useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../../client/api.ts'
import { failureText } from '../../../shell/failure.ts'
import { useText } from '../../../shell/i18n.tsx'
import { Button } from '../../../ui/Button.tsx'
import css from '../parts/Settings.module.css'

/** Lets the server write to me, so that every device shows what it would. */
export function TestNotification(): ReactNode {
  const t = useText()
  const [state, setState] = useState<{ busy?: boolean; text?: string; failed?: boolean }>({})
  const send = async (): Promise<void> => {
    setState({ busy: true })
    try {
      await api.sendTestNotificaiton()
      const text = t(
        'settings.test_sent',
        'Sent. It arrives as a direct message and on every device that shows notifications.',
      )
      setState({ text })
    } catch (error) {
      setState({ text: failureText(error), failed: true })
    }
  }
  return (
    <div className={css['row']}>
      <Button pending={state.busy} onPress={() => void send()}>
        {t('settings.test_send', 'Send a test notification')}
      </Button>
      <span role="status" className={`${css['rowText']} ${state.failed ? css['danger'] : ''}`}>
        {state.text}
      </span>
    </div>
  )
}
