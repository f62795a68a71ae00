import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { channelName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { draftAt } from '../drafts/drafts.ts'
import { useWriting } from '../drafts/writing.ts'
import { DropZone } from '../files/DropZone.tsx'
import { useUploads } from '../files/uploads.ts'
import { settle } from './apply-edit.ts'
import { Closed, closureOf } from './Closed.tsx'
import { ComposerBox } from './ComposerBox.tsx'
import css from './Composer.module.css'
import { PriorityLabels, PriorityMenu } from './PriorityMenu.tsx'
import { ScheduledHint } from './schedule/ScheduledHint.tsx'
import { sendDraft } from './send/send-draft.ts'
import { tellTyping, typingEnded } from './send/typing.ts'
import { SendButtons } from './SendButtons.tsx'
import { useComposerKeys } from './use-composer-keys.ts'
import { useTypeToFocus } from './use-type-to-focus.ts'

interface Props {
  readonly channelId: Id
  /** '' for the channel itself */
  readonly rootId: Id
  /** the channel's box has the focus from the start, that of a thread when asked to */
  readonly autoFocus?: boolean
}

/** Where people write into a channel or a thread. What they begin is kept as a draft until it is sent. */
export function Composer(props: Props): ReactNode {
  const { channelId } = props
  const closure = useStore((state) => closureOf(state, channelId))
  return (
    <div className={css['composer']}>
      {closure ? <Closed channelId={channelId} closure={closure} /> : <OpenComposer {...props} />}
    </div>
  )
}

const hasNoTouch = (): boolean => matchMedia('(hover: hover)').matches

function OpenComposer({ channelId, rootId, autoFocus = rootId === '' && hasNoTouch() }: Props): ReactNode {
  const t = useText()
  const place = { channelId, rootId }
  const writing = draftAt(place)
  const field = useRef<HTMLTextAreaElement>(null)
  const name = useStore((state) => channelName(state, channelId))
  const blank = useWriting(writing, ({ message, files }) => message.trim() === '' && files.length === 0)
  const uploading = useUploads(({ uploads }) => uploads.some(({ key }) => key === writing.key))
  useTypeToFocus(field, rootId === '')
  const send = (): void => {
    if (field.current) settle(field.current)
    typingEnded(channelId, rootId)
    void sendDraft(place)
    field.current?.focus()
  }
  const onOtherKey = useComposerKeys(field, place)
  const label = rootId ? t('composer.reply', 'Reply') : t('composer.message_to', 'Message {name}', { name })
  return (
    <>
      <DropZone writing={writing} />
      <ScheduledHint channelId={channelId} rootId={rootId} />
      <ComposerBox
        field={field}
        writing={writing}
        label={label}
        placeholder={label}
        autoFocus={autoFocus}
        onSubmit={send}
        onOtherKey={onOtherKey}
        onTyped={(text) => text && !text.startsWith('/') && tellTyping(channelId, rootId)}
        head={<PriorityLabels writing={writing} />}
        tools={<PriorityMenu writing={writing} />}
        actions={<SendButtons place={place} disabled={blank && !uploading} onSend={send} />}
      />
    </>
  )
}
