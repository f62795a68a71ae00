import { useCallback, useEffect, useRef, useState } from 'react'
import type { ClipboardEvent, KeyboardEvent, ReactNode, RefObject } from 'react'
import { usePreference } from '../../client/preferences.ts'
import { shortcutOf } from '../../shell/keyboard.ts'
import { useText } from '../../shell/i18n.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Eye, Paperclip, Pencil, Type } from '../../ui/icons.ts'
import { pickFiles } from '../../ui/FileDrop.tsx'
import { useWriting } from '../drafts/writing.ts'
import type { Writing } from '../drafts/writing.ts'
import { FileStrip } from '../files/FileStrip.tsx'
import { addFiles, mayUpload } from '../files/uploads.ts'
import { applyEdit, composes } from './apply-edit.ts'
import { BoxNotice } from './BoxNotice.tsx'
import { CompletionList } from './completion/CompletionList.tsx'
import { useCompletion } from './completion/use-completion.ts'
import { ComposerField, setText } from './ComposerField.tsx'
import css from './Composer.module.css'
import { newLine, toggleMark } from './edit-text.ts'
import { EmojiButton } from './EmojiButton.tsx'
import { FORMATS } from './formats.ts'
import type { Format } from './formats.ts'
import { FormattingBar } from './FormattingBar.tsx'
import { enterMeans, isComposing } from './keys.ts'
import { pasteEdit, pastedName } from './paste.ts'
import { Preview } from './Preview.tsx'
import { notify } from './send/notices.ts'
import { useFormatting } from './use-formatting.ts'

interface Props {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly writing: Writing
  readonly label: string
  readonly placeholder?: string
  readonly autoFocus?: boolean
  readonly onSubmit: () => void
  /** keys that neither the list of completions nor the text wants; answers whether it took one */
  readonly onOtherKey?: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean
  /** each change of the text by its author */
  readonly onTyped?: (text: string) => void
  /** labels above the text */
  readonly head?: ReactNode
  /** tools of this box alone, behind those that all have */
  readonly tools?: ReactNode
  /** at the end of the row: what sends */
  readonly actions: ReactNode
}

/**
 * The box in which messages are written: text, completion, formatting, files. Drafts and edits of posts share it. When it
 * is given something else to write, only its field is made anew.
 */
export function ComposerBox(props: Props): ReactNode {
  const { field, writing } = props
  const t = useText()
  const box = useRef<HTMLDivElement>(null)
  const completion = useCompletion(field, writing)
  const [previewed, setPreviewed] = useState('')
  const preview = previewed === writing.key
  const [formatting, toggleFormatting] = useFormatting()
  const empty = useWriting(writing, ({ message }) => message.trim() === '')
  useTextInField(field, writing)
  const showPreview = (on: boolean): void => {
    setPreviewed(on ? writing.key : '')
    if (!on) requestAnimationFrame(() => field.current?.focus())
  }
  const format = useCallback(
    ({ apply }: Format): void => void (field.current && applyEdit(field.current, apply(field.current))),
    [field],
  )
  const keys = useKeys(props, { format, togglePreview: () => showPreview(!preview), toggleFormatting })
  return (
    <div ref={box} className={css['box']} data-composer="">
      {props.head}
      <ComposerField
        key={writing.key}
        field={field}
        label={props.label}
        placeholder={props.placeholder}
        initial={writing.read().message}
        autoFocus={props.autoFocus}
        hidden={preview}
        listProps={completion.listProps}
        onText={(message) => {
          writing.write({ message })
          notify(writing.key, undefined)
          props.onTyped?.(message)
        }}
        onCaret={completion.look}
        onPaste={(event) => paste(event, writing)}
        onKeyDown={(event) => {
          if (!completedBy(event, completion)) keys(event)
        }}
        onBlur={() => {
          completion.look()
          writing.leave()
        }}
      />
      {preview && <Preview text={writing.read().message} onKey={(event) => keys(event)} />}
      <CompletionList completion={completion} box={box} />
      <FileStrip writing={writing} />
      <BoxNotice writing={writing} />
      <div className={css['row']}>
        <AttachButton writing={writing} />
        <EmojiButton field={field} />
        <IconButton
          size="s"
          icon={Type}
          label={t('composer.formatting', 'Formatting')}
          shortcut="Ctrl+Alt+T"
          pressed={formatting}
          onPress={toggleFormatting}
        />
        {formatting && !preview && <FormattingBar onFormat={format} />}
        <span className={css['rest']} />
        {props.tools}
        {(preview || !empty) && (
          <IconButton
            size="s"
            icon={preview ? Pencil : Eye}
            label={preview ? t('composer.edit', 'Back to writing') : t('composer.preview', 'Preview')}
            shortcut="Ctrl+Alt+P"
            pressed={preview}
            onPress={() => showPreview(!preview)}
          />
        )}
        {props.actions}
      </div>
    </div>
  )
}

/** Keys of the list of completions. A command that is written out is sent, not completed. */
function completedBy(event: KeyboardEvent<HTMLTextAreaElement>, completion: ReturnType<typeof useCompletion>): boolean {
  const { trigger, option } = completion
  if (!trigger || isComposing(event)) return false
  if (event.key === 'Escape') {
    event.preventDefault()
    event.stopPropagation()
    completion.close()
    return true
  }
  const active = option.items[option.activeIndex]
  const whole = active?.kind === 'command' && active.text.trim() === event.currentTarget.value.trim()
  if (whole && event.key === 'Enter') return false
  return option.onKeyDown(event)
}

interface Actions {
  readonly format: (format: Format) => void
  readonly togglePreview: () => void
  readonly toggleFormatting: () => void
}

/** What keys do in the field, besides writing. */
function useKeys(props: Props, actions: Actions): (event: KeyboardEvent<HTMLElement>) => void {
  const sendOnMod = usePreference('advanced_settings', 'send_on_ctrl_enter', 'false') === 'true'
  const codeOnMod = usePreference('advanced_settings', 'code_block_ctrl_enter', 'true') === 'true'
  const own: Readonly<Record<string, () => void>> = {
    'mod+alt+p': actions.togglePreview,
    'mod+alt+t': actions.toggleFormatting,
    'mod+u': () => void attach(props.writing),
  }
  return (event) => {
    if (isComposing(event)) return
    const shortcut = shortcutOf(event.nativeEvent)
    const format = FORMATS.find((one) => one.shortcut === shortcut)
    const action = own[shortcut] ?? (format && (() => actions.format(format)))
    if (action) {
      event.preventDefault()
      return action()
    }
    const { current } = props.field
    if (!current || event.target !== current) return
    if (props.onOtherKey?.(event as KeyboardEvent<HTMLTextAreaElement>)) return event.preventDefault()
    const before = current.value.slice(0, current.selectionStart)
    const meaning = enterMeans(event, before, { sendOnMod, codeOnMod })
    const quotes = event.key === '`' && current.selectionStart < current.selectionEnd
    if (!meaning && !quotes) return
    event.preventDefault()
    if (meaning === 'send') props.onSubmit()
    else applyEdit(current, meaning ? newLine(current) : toggleMark(current, '`'))
  }
}

function paste(event: ClipboardEvent<HTMLTextAreaElement>, writing: Writing): void {
  const { clipboardData: data, currentTarget: field } = event
  const text = data.getData('text/plain')
  const files = [...data.files]
  // Spreadsheets copy a picture of their cells too: the words are what is meant.
  if (files.length > 0 && text === '') {
    event.preventDefault()
    const named = files.map((file) => new File([file], pastedName(file), { type: file.type }))
    return addFiles(writing, named)
  }
  const edit = pasteEdit(field, { text, html: data.getData('text/html'), editor: data.getData('vscode-editor-data') })
  if (!edit) return
  event.preventDefault()
  applyEdit(field, edit)
}

async function attach(writing: Writing): Promise<void> {
  const files = await pickFiles()
  if (files.length > 0) addFiles(writing, files)
}

function AttachButton({ writing }: { writing: Writing }): ReactNode {
  const t = useText()
  if (!mayUpload(writing.channelId)) return null
  return (
    <IconButton
      size="s"
      icon={Paperclip}
      label={t('composer.attach', 'Attach files')}
      shortcut="Ctrl+U"
      onPress={() => void attach(writing)}
    />
  )
}

/** The field follows the draft when that changes elsewhere: it was sent, or written on another device. */
function useTextInField(field: RefObject<HTMLTextAreaElement | null>, writing: Writing): void {
  useEffect(() => {
    const follow = (): void => {
      const { message } = writing.read()
      if (field.current && field.current.value !== message && !composes(field.current)) setText(field.current, message)
    }
    follow()
    const end = writing.onChange(follow)
    return () => {
      end()
      writing.leave()
    }
  }, [field, writing])
}
