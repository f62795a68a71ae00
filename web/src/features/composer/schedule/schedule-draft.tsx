import { openDialog } from '../../../shell/dialogs.tsx'
import { currentText } from '../../../shell/i18n.tsx'
import { goTo } from '../../../shell/navigate.ts'
import { currentTeamId } from '../../../shell/place.ts'
import { getState } from '../../../client/store.ts'
import { showToast } from '../../../ui/toasts.ts'
import { clearDraft, draftAt } from '../../drafts/drafts.ts'
import type { Place } from '../../drafts/drafts.ts'
import { uploadsOf } from '../../files/uploads.ts'
import { notify } from '../send/notices.ts'
import { obstacle } from '../send/obstacle.ts'
import { schedule } from './scheduled-posts.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'

const ScheduleDialog = lazyPart(() => import('./ScheduleDialog.tsx'))

/** Asks for the time and schedules what is begun in a place. */
export const askWhenToSend = (place: Place): void =>
  void openDialog((close) => (
    <ScheduleDialog channelId={place.channelId} onSchedule={(at) => scheduleDraft(place, at)} onClose={close} />
  ))

/** Schedules what is begun in a place for a time (ms). Rejects with an ApiError; the draft is still there then. */
export async function scheduleDraft(place: Place, at: number): Promise<void> {
  const t = currentText()
  const { key, read } = draftAt(place)
  const content = read()
  const stands =
    uploadsOf(key).length > 0
      ? { text: t('composer.schedule_uploads', 'Wait until the files are uploaded, then schedule the message.') }
      : obstacle(place, content)
  notify(key, stands ?? undefined)
  if (stands) return
  await schedule(place, content, at)
  clearDraft(place)
  showToast(t('composer.scheduled', 'The message is scheduled.'), {
    tone: 'success',
    action: {
      label: t('composer.see_scheduled', 'See scheduled messages'),
      onAction: () => goTo(`/${getState().teams[currentTeamId()]?.name ?? ''}/scheduled_posts`),
    },
  })
}
