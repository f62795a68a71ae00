import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { usePreference } from '../../client/preferences.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { channelName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SendHorizontal } from '../../ui/icons.ts'
import { clearDraft, leaveDraft, onDraft, readDraft, useDraft } from '../drafts/drafts.ts'
import type { Place } from '../drafts/drafts.ts'
import { sendPost } from '../posts/send-post.ts'
import { applyEdit, composes, settle } from './apply-edit.ts'
import { ComposerField, setText } from './ComposerField.tsx'
import css from './Composer.module.css'
import { newLine } from './edit-text.ts'
import { enterMeans, isComposing } from './keys.ts'
import { writeDraft } from '../drafts/drafts.ts'

interface Props {
  readonly channelId: Id
  /** '' for the channel itself */
  readonly rootId: Id
  readonly autoFocus?: boolean
}

/** Where people write into a channel or a thread. What they begin is kept as a draft until it is sent. */
export function Composer({ channelId, rootId, autoFocus = rootId === '' }: Props): ReactNode {
  const t = useText()
  const place: Place = { channelId, rootId }
  const field = useRef<HTMLTextAreaElement>(null)
  const name = useStore((state) => channelName(state, channelId))
  const sendOnMod = usePreference('advanced_settings', 'send_on_ctrl_enter', 'false') === 'true'
  const codeOnMod = usePreference('advanced_settings', 'code_block_ctrl_enter', 'true') === 'true'
  const empty = useDraft(place, ({ message }) => message.trim() === '')
  useDraftInField(field, place)
  const send = (): void => {
    if (field.current) settle(field.current)
    const { message } = readDraft(place)
    if (!message.trim()) return
    void sendPost({ channelId, rootId, message })
    clearDraft(place)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (isComposing(event)) return
    const { value, selectionStart } = event.currentTarget
    const meaning = enterMeans(event, value.slice(0, selectionStart), { sendOnMod, codeOnMod })
    if (!meaning) return
    event.preventDefault()
    if (meaning === 'send') send()
    else applyEdit(event.currentTarget, newLine(event.currentTarget))
  }
  const label = rootId ? t('composer.reply', 'Reply') : t('composer.message_to', 'Message {name}', { name })
  return (
    <div className={css['composer']}>
      <div className={css['box']}>
        <ComposerField
          field={field}
          label={label}
          placeholder={label}
          initial={readDraft(place).message}
          autoFocus={autoFocus}
          onText={(message) => writeDraft(place, { message })}
          onCaret={() => undefined}
          onPaste={() => undefined}
          onKeyDown={onKeyDown}
          onBlur={() => leaveDraft(place)}
        />
        <div className={css['row']}>
          <span className={css['rest']} />
          <IconButton icon={SendHorizontal} label={t('composer.send', 'Send')} disabled={empty} onPress={send} />
        </div>
      </div>
    </div>
  )
}

/** The field follows the draft when that changes elsewhere: it was sent, or written on another device. */
function useDraftInField(field: React.RefObject<HTMLTextAreaElement | null>, place: Place): void {
  const { channelId, rootId } = place
  useEffect(() => {
    const here = { channelId, rootId }
    const follow = (): void => {
      const { message } = readDraft(here)
      if (field.current && field.current.value !== message && !composes(field.current)) setText(field.current, message)
    }
    follow()
    const end = onDraft(here, follow)
    return () => {
      end()
      leaveDraft(here)
    }
  }, [field, channelId, rootId])
}
