import { useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { failureText } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import type { ScheduledPost } from '../../store/entities.ts'
import { Button } from '../../ui/Button.tsx'
import { settle } from '../composer/apply-edit.ts'
import { ComposerBox } from '../composer/ComposerBox.tsx'
import { PriorityLabels, PriorityMenu } from '../composer/PriorityMenu.tsx'
import { changeScheduled } from '../composer/schedule/scheduled-posts.ts'
import { notify } from '../composer/send/notices.ts'
import { obstacle } from '../composer/send/obstacle.ts'
import { uploadsOf } from '../files/uploads.ts'
import { contentOf } from './content.ts'
import css from './Drafts.module.css'
import { memoryWriting } from './memory-writing.ts'
import { useWriting } from './writing.ts'

/** A scheduled message as a field; its time stays. */
export function EditScheduled({ post, onDone }: { post: ScheduledPost; onDone: () => void }): ReactNode {
  const t = useText()
  const field = useRef<HTMLTextAreaElement>(null)
  const [pending, setPending] = useState(false)
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is edited begins once
  const writing = useMemo(() => memoryWriting(`scheduled ${post.id}`, post, contentOf(post)), [post.id])
  const blank = useWriting(writing, ({ message, files }) => message.trim() === '' && files.length === 0)
  const save = async (): Promise<void> => {
    if (field.current) settle(field.current)
    const content = writing.read()
    if (pending || blank) return
    const place = { channelId: post.channel_id, rootId: post.root_id }
    const stands =
      uploadsOf(writing.key).length > 0
        ? { text: t('composer.edit_uploads', 'Wait until the files are uploaded, then save.') }
        : obstacle(place, content)
    notify(writing.key, stands ?? undefined)
    if (stands) return
    setPending(true)
    try {
      await changeScheduled(post, content, Math.max(post.scheduled_at, Date.now()))
      onDone()
    } catch (error) {
      notify(writing.key, { text: failureText(error) })
      setPending(false)
    }
  }
  return (
    <div className={css['edit']}>
      <ComposerBox
        field={field}
        writing={writing}
        label={t('drafts.edit_message', 'Scheduled message')}
        autoFocus
        onSubmit={() => void save()}
        onOtherKey={({ key }) => {
          if (key === 'Escape') onDone()
          return key === 'Escape'
        }}
        head={<PriorityLabels writing={writing} />}
        tools={<PriorityMenu writing={writing} />}
        actions={
          <>
            <Button size="s" variant="quiet" onPress={onDone}>
              {t('composer.cancel', 'Cancel')}
            </Button>
            <Button size="s" variant="primary" pending={pending} disabled={blank} onPress={() => void save()}>
              {t('composer.save', 'Save')}
            </Button>
          </>
        }
      />
    </div>
  )
}
