import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import type { ScheduledPost } from '../../store/entities.ts'
import { PriorityLabels, PriorityMenu } from '../composer/PriorityMenu.tsx'
import { SavingBox } from '../composer/SavingBox.tsx'
import { changeScheduled } from '../composer/schedule/scheduled-posts.ts'
import { obstacle } from '../composer/send/obstacle.ts'
import { contentOf } from './content.ts'
import css from './Drafts.module.css'
import { memoryWriting } from './memory-writing.ts'

/** A scheduled message as a field; its time stays. */
export function EditScheduled({ post, onDone }: { post: ScheduledPost; onDone: () => void }): ReactNode {
  const t = useText()
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is edited begins once
  const writing = useMemo(() => memoryWriting(`scheduled ${post.id}`, post, contentOf(post)), [post.id])
  return (
    <div className={css['edit']}>
      <SavingBox
        writing={writing}
        label={t('drafts.edit_message', 'Scheduled message')}
        head={<PriorityLabels writing={writing} />}
        tools={<PriorityMenu writing={writing} />}
        obstacle={(content) => obstacle({ channelId: post.channel_id, rootId: post.root_id }, content)}
        save={(content) => changeScheduled(post, content, Math.max(post.scheduled_at, Date.now()))}
        onDone={onDone}
      />
    </div>
  )
}
