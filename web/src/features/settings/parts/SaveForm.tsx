import { useEffect, useRef, useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { failureText } from '../../../shell/failure.ts'
import { useText } from '../../../shell/i18n.tsx'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import css from './Settings.module.css'
import { useReportUnsaved } from './unsaved.ts'

interface Props {
  /** what was typed differs from what holds */
  readonly changed: boolean
  /** rejects with what the reader is told */
  readonly onSave: () => Promise<unknown>
  readonly onReset: () => void
  /** instead of "Save" */
  readonly verb?: string
  /** what there is cannot be sent yet */
  readonly incomplete?: boolean
  /** said when it is saved, instead of "Saved" */
  readonly saved?: string
  readonly children: ReactNode
}

/** Fields that are saved together, with one button. Keeps what was typed when the server refuses, and says why. */
export function SaveForm({ changed, onSave, onReset, verb, incomplete, saved, children }: Props): ReactNode {
  const t = useText()
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle')
  const [error, setError] = useState('')
  const status = useRef<HTMLSpanElement>(null)
  const pressed = useRef(false)
  useReportUnsaved(changed)
  useEffect(() => {
    // The button that was pressed is disabled or gone now: whoever works with keys must not lose his place.
    if (pressed.current && !changed && document.activeElement === document.body) status.current?.focus()
  }, [changed, state])
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (state === 'busy' || !changed || incomplete) return
    pressed.current = true
    setState('busy')
    setError('')
    try {
      await onSave()
      setState('saved')
    } catch (failure) {
      setError(failureText(failure))
      setState('idle')
    }
  }
  const reset = (): void => {
    pressed.current = true
    setError('')
    onReset()
  }
  return (
    <form className={css['form']} onSubmit={(event) => void send(event)} noValidate>
      {children}
      {error && (
        <Banner tone="danger" urgent>
          {error}
        </Banner>
      )}
      <div className={css['buttons']}>
        <Button
          type="submit"
          variant="primary"
          pending={state === 'busy'}
          disabled={state !== 'busy' && (!changed || incomplete)}
        >
          {verb ?? t('settings.save', 'Save')}
        </Button>
        {changed && (
          <Button variant="quiet" disabled={state === 'busy'} onPress={reset}>
            {t('settings.reset', 'Undo changes')}
          </Button>
        )}
        <span ref={status} role="status" tabIndex={-1} className={css['saved']}>
          {state === 'saved' && !changed && (saved ?? t('settings.saved', 'Saved'))}
        </span>
      </div>
    </form>
  )
}
