import { Suspense, useState } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { request } from '../../../client/api.ts'
import type { Post } from '../../../store/entities.ts'
import { Button } from '../../../ui/Button.tsx'
import { Select } from '../../../ui/Select.tsx'
import { tooltip } from '../../../ui/Tooltip.tsx'
import { failureText } from '../../../shell/failure.ts'
import { barColor } from './attachment-types.ts'
import type { Action } from './attachment-types.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import css from './Attachments.module.css'

const ActionPicker = lazyPart(() => import('./ActionPicker.tsx'))

/** Lists longer than this are picked from by typing. */
const SHORT_LIST = 20

/** The buttons and lists of a program's message. What went wrong is said below them. */
export function AttachmentActions({ post, actions }: { post: Post; actions: readonly Action[] }): ReactNode {
  const [running, setRunning] = useState('')
  const [failure, setFailure] = useState('')
  const run = async (action: Action, option: string): Promise<void> => {
    setRunning(action.id)
    setFailure('')
    try {
      const body = { selected_option: option, cookie: action.cookie ?? '' }
      await request('POST', `/posts/${post.id}/actions/${encodeURIComponent(action.id)}`, body)
    } catch (error) {
      setFailure(failureText(error))
    } finally {
      setRunning('')
    }
  }
  const usable = actions.filter((action) => action?.id && action.name)
  return (
    <>
      <div className={css['actions']}>
        {usable.map((action) => (
          <OneAction key={action.id} action={action} running={running} run={(option) => void run(action, option)} />
        ))}
      </div>
      {failure && (
        <p role="alert" className={css['failure']}>
          {failure}
        </p>
      )}
    </>
  )
}

interface OneProps {
  readonly action: Action
  readonly running: string
  readonly run: (option: string) => void
}

function OneAction({ action, running, run }: OneProps): ReactNode {
  const disabled = action.disabled === true || (running !== '' && running !== action.id)
  if (action.type !== 'select') {
    const own = isOwnColor(action.style)
    return (
      <span className={css['action']} style={own ? ({ '--own': barColor(action.style) } as CSSProperties) : undefined}>
        <Button
          size="s"
          variant={variantOf(action.style)}
          pending={running === action.id}
          disabled={disabled}
          className={own ? css['coloured'] : undefined}
          onPress={() => run('')}
          {...(action.tooltip && tooltip(action.tooltip))}
        >
          {action.name}
        </Button>
      </span>
    )
  }
  const options = action.options ?? []
  if (action.data_source || options.length > SHORT_LIST) {
    const waiting = (
      <Button size="s" disabled>
        {action.name}
      </Button>
    )
    return (
      <Suspense fallback={waiting}>
        <ActionPicker action={action} disabled={disabled} onPick={run} />
      </Suspense>
    )
  }
  return <ShortSelect action={action} disabled={disabled} run={run} />
}

function ShortSelect({
  action,
  disabled,
  run,
}: {
  action: Action
  disabled: boolean
  run: OneProps['run']
}): ReactNode {
  const [value, setValue] = useState(action.default_option ?? '')
  const options = (action.options ?? []).map((one) => ({ value: one.value, label: one.text }))
  const known = options.some((one) => one.value === value)
  return (
    <Select
      label={action.name}
      hideLabel
      className={css['select']}
      disabled={disabled}
      options={known ? options : [{ value: '', label: action.name }, ...options]}
      value={known ? value : ''}
      onChange={(next) => {
        if (next === '') return
        setValue(next)
        run(next)
      }}
    />
  )
}

const variantOf = (style: string | undefined): 'primary' | 'danger' | 'secondary' =>
  style === 'primary' || style === 'good' || style === 'success'
    ? 'primary'
    : style === 'danger'
      ? 'danger'
      : 'secondary'

const isOwnColor = (style: string | undefined): boolean => style?.startsWith('#') === true || style === 'warning'
