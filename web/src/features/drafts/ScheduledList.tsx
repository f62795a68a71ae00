import { useState } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { useDates } from '../../shell/dates.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { failureText, showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Text } from '../../shell/i18n.tsx'
import type { ScheduledPost } from '../../store/entities.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { CalendarClock, CircleAlert, Clipboard, Pencil, SendHorizontal, Trash2 } from '../../ui/icons.ts'
import { showToast } from '../../ui/toasts.ts'
import { closureOf } from '../composer/Closed.tsx'
import { changeScheduled, unschedule } from '../composer/schedule/scheduled-posts.ts'
import { sendScheduled } from '../composer/schedule/send-scheduled.ts'
import { contentOf } from './content.ts'
import css from './Drafts.module.css'
import { EditScheduled } from './EditScheduled.tsx'
import { openPlace } from './open-place.ts'
import { WrittenRow } from './WrittenRow.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'

const ScheduleDialog = lazyPart(() => import('../composer/schedule/ScheduleDialog.tsx'))

/** What waits for its time, and what could not be sent then. */
export function ScheduledList({ posts }: { posts: readonly ScheduledPost[] }): ReactNode {
  const t = useText()
  if (posts.length === 0) {
    return (
      <EmptyState
        icon={CalendarClock}
        title={t('drafts.none_scheduled', 'Nothing is scheduled')}
        text={t('drafts.none_scheduled_text', 'The arrow beside Send keeps a message until its time.')}
      />
    )
  }
  return (
    <ul className={css['list']} aria-label={t('drafts.scheduled', 'Scheduled')}>
      {posts.map((post) => (
        <ScheduledRow key={post.id} post={post} />
      ))}
    </ul>
  )
}

function ScheduledRow({ post }: { post: ScheduledPost }): ReactNode {
  const t = useText()
  const dates = useDates()
  const [editing, setEditing] = useState(false)
  const place = { channelId: post.channel_id, rootId: post.root_id }
  const failed = Boolean(post.error_code)
  const values = { when: `${dates.day(post.scheduled_at)} ${dates.time(post.scheduled_at)}` }
  const when = failed ? t('drafts.was_due', 'Was due {when}', values) : t('drafts.due', 'Sends {when}', values)
  return (
    <WrittenRow
      place={place}
      content={contentOf(post)}
      at={post.scheduled_at}
      when={when}
      notice={
        <>
          {editing && <EditScheduled post={post} onDone={() => setEditing(false)} />}
          {failed && (
            <p className={css['error']} role="status">
              <Icon icon={CircleAlert} size="s" />
              {errorText(t, post.error_code)}
            </p>
          )}
        </>
      }
      onOpen={() => openPlace(place)}
    >
      <ScheduledActions post={post} onEdit={() => setEditing(true)} />
    </WrittenRow>
  )
}

function ScheduledActions({ post, onEdit }: { post: ScheduledPost; onEdit: () => void }): ReactNode {
  const t = useText()
  const closed = useStore((state) => closureOf(state, post.channel_id) !== null)
  const [pending, setPending] = useState(false)
  const send = (): void => {
    setPending(true)
    sendScheduled(post)
      .catch(showFailure)
      .finally(() => setPending(false))
  }
  const copy = (): void => {
    void navigator.clipboard.writeText(post.message).then(() => showToast(t('drafts.copied', 'Text copied')))
  }
  return (
    <>
      {!closed && <IconButton icon={Pencil} label={t('drafts.edit_scheduled', 'Edit')} onPress={onEdit} />}
      {closed && <IconButton icon={Clipboard} label={t('drafts.copy', 'Copy text')} onPress={copy} />}
      {!closed && (
        <IconButton
          icon={CalendarClock}
          label={t('drafts.reschedule', 'Change the time')}
          onPress={() => askWhen(post)}
        />
      )}
      {!closed && (
        <IconButton icon={SendHorizontal} label={t('drafts.send', 'Send now')} disabled={pending} onPress={send} />
      )}
      <IconButton icon={Trash2} label={t('drafts.delete', 'Delete')} onPress={() => askToDelete(t, post)} />
    </>
  )
}

function askWhen(post: ScheduledPost): void {
  openDialog((close) => (
    <ScheduleDialog
      channelId={post.channel_id}
      at={Math.max(post.scheduled_at, Date.now() + 60_000)}
      onSchedule={(at) => changeScheduled(post, contentOf(post), at)}
      onClose={close}
    />
  ))
}

function askToDelete(t: Text, post: ScheduledPost): void {
  openDialog((close) => (
    <ConfirmDialog
      title={t('drafts.delete_scheduled', 'Delete this scheduled message?')}
      confirmLabel={t('drafts.delete', 'Delete')}
      danger
      onConfirm={() => unschedule(post.id)}
      errorText={failureText}
      onClose={close}
    >
      {t('drafts.delete_scheduled_text', 'It will not be sent. This cannot be undone.')}
    </ConfirmDialog>
  ))
}

/** Why a message was not sent when its time had come, and what to do. */
function errorText(t: Text, code: string | undefined): string {
  switch (code) {
    case 'channel_archived':
      return t('drafts.error_archived', 'Not sent: the channel was archived. Copy the text to use it elsewhere.')
    case 'channel_not_found':
      return t('drafts.error_no_channel', 'Not sent: the channel does not exist any more.')
    case 'restricted_dm':
      return t('drafts.error_restricted', 'Not sent: this server allows direct messages within a common team only.')
    case 'user_missing':
    case 'user_deleted':
      return t('drafts.error_user', 'Not sent: the account was deactivated at that time.')
    case 'no_channel_permission':
      return t('drafts.error_permission', 'Not sent: you may not write in this channel any more.')
    case 'no_channel_member':
      return t(
        'drafts.error_member',
        'Not sent: you are not in this channel any more. Join it and send the message again.',
      )
    case 'thread_deleted':
      return t('drafts.error_thread', 'Not sent: the thread was deleted.')
    case 'invalid_post':
      return t('drafts.error_invalid', 'Not sent: the server did not accept the message. Change it and send it again.')
    default:
      return t('drafts.error_unknown', 'Not sent: something went wrong on the server. Send it again.')
  }
}
