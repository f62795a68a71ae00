import { useLayoutEffect, useState } from 'react'
import type { ClipboardEvent, KeyboardEvent, ReactNode, RefObject } from 'react'
import { markComposing } from './apply-edit.ts'
import css from './Composer.module.css'

interface Props {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly label: string
  readonly placeholder?: string
  readonly initial: string
  readonly autoFocus?: boolean
  /** a preview stands in its place */
  readonly hidden?: boolean
  /** of the list that completes words */
  readonly listProps: Record<string, string | undefined>
  readonly onText: (text: string) => void
  /** the caret moved, by typing or otherwise */
  readonly onCaret: () => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void
  readonly onPaste: (event: ClipboardEvent<HTMLTextAreaElement>) => void
  readonly onBlur?: () => void
}

const growsByItself = CSS.supports('field-sizing', 'content')

function fitHeight(field: HTMLTextAreaElement): void {
  if (growsByItself) return
  field.style.height = 'auto'
  field.style.height = `${field.scrollHeight}px`
}

/**
 * A field that grows with its text. Its text belongs to the browser: React never writes into it while somebody types, so that
 * neither input methods nor undo lose their place.
 */
export function ComposerField({ field, onText, onCaret, ...props }: Props): ReactNode {
  // What it begins with is said once: React would write later ones into the element while somebody types.
  const [initial] = useState(props.initial)
  useLayoutEffect(() => fitHeight(field.current!), [field])
  useLayoutEffect(() => {
    const { current } = field
    if (!props.autoFocus || !current) return
    current.focus()
    current.setSelectionRange(current.value.length, current.value.length)
  }, [field, props.autoFocus])
  return (
    <textarea
      ref={field}
      rows={1}
      hidden={props.hidden}
      dir="auto"
      className={css['field']}
      defaultValue={initial}
      aria-label={props.label}
      placeholder={props.placeholder}
      autoCapitalize="sentences"
      autoComplete="off"
      spellCheck
      {...props.listProps}
      onInput={(event) => {
        fitHeight(event.currentTarget)
        onText(event.currentTarget.value)
        onCaret()
      }}
      onSelect={onCaret}
      onKeyDown={props.onKeyDown}
      onPaste={props.onPaste}
      onBlur={props.onBlur}
      onCompositionStart={(event) => markComposing(event.currentTarget, true)}
      onCompositionEnd={(event) => markComposing(event.currentTarget, false)}
    />
  )
}

/** Writes another text into the field, as when it was sent or changed on another device. */
export function setText(field: HTMLTextAreaElement, text: string): void {
  field.value = text
  fitHeight(field)
}
