import { useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { getState } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Id } from '../../../store/state.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DialogButtons } from '../../../ui/DialogButtons.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Hash, Lock, User, Users } from '../../../ui/icons.ts'
import { ListBox } from '../../../ui/ListBox.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { showToast } from '../../../ui/toasts.ts'
import { failureText } from '../../../shell/failure.ts'
import { permalink } from '../actions/post-actions.ts'
import { PermalinkPreview } from '../embeds/PermalinkPreview.tsx'
import { sendPost } from '../send-post.ts'
import { channelOf, findChannels, findPeople } from './destinations.ts'
import type { Destination } from './destinations.ts'
import css from './ForwardDialog.module.css'

interface Props {
  readonly postIds: readonly Id[]
  readonly onDone?: () => void
  readonly onClose: () => void
}

const ICONS: Readonly<Record<string, typeof Hash>> = { O: Hash, P: Lock, D: User, G: Users }

/** Sends posts on: first where to, then a word of one's own. Each goes as a link that shows the post to those who may read it. */
export default function ForwardDialog({ postIds, onDone, onClose }: Props): ReactNode {
  const t = useText()
  const [to, setTo] = useState<Destination>()
  const [comment, setComment] = useState('')
  const [error, setError] = useState<string>()
  const [pending, setPending] = useState(false)
  const send = async (): Promise<void> => {
    if (!to) return
    setPending(true)
    try {
      await forward(postIds, await channelOf(to), comment)
      onClose()
      onDone?.()
      showToast(t('posts.forwarded', 'Forwarded to {name}', { name: to.label }))
    } catch (failure) {
      setError(failureText(failure))
      setPending(false)
    }
  }
  const elsewhere = (
    <Button variant="quiet" onPress={() => setTo(undefined)} disabled={pending}>
      {t('posts.forward_elsewhere', 'Choose another place')}
    </Button>
  )
  const footer = to && (
    <DialogButtons onCancel={onClose} pending={pending} aside={elsewhere}>
      <Button variant="primary" pending={pending} onPress={() => void send()}>
        {t('posts.forward', 'Forward')}
      </Button>
    </DialogButtons>
  )
  const title = t('posts.forward_title', '{count, plural, one {Forward the message} other {Forward # messages}}', {
    count: postIds.length,
  })
  return (
    <Dialog
      title={to ? t('posts.forward_to', 'Forward to {name}', { name: to.label }) : title}
      onClose={onClose}
      footer={footer}
      flush={!to}
      persistent={pending}
    >
      {to ? (
        <div className={css['form']}>
          <TextArea
            label={t('posts.forward_comment', 'Your comment')}
            optional
            value={comment}
            onChange={setComment}
            error={error}
            autoFocus
          />
          {postIds.map((id) => (
            <Original key={id} postId={id} />
          ))}
          <p className={css['note']}>{t('posts.forward_note', 'Only people who may read the original will see it.')}</p>
        </div>
      ) : (
        <DestinationList onChoose={setTo} />
      )}
    </Dialog>
  )
}

function Original({ postId }: { postId: Id }): ReactNode {
  const state = getState()
  const channelId = state.posts[postId]?.channel_id ?? ''
  const channel = state.channels[channelId]
  const team = state.teams[channel?.team_id ?? '']?.name ?? ''
  return (
    <PermalinkPreview
      preview={{
        post_id: postId,
        team_name: team,
        channel_id: channelId,
        channel_display_name: channel?.display_name ?? '',
        channel_type: channel?.type ?? 'O',
      }}
    />
  )
}

async function forward(postIds: readonly Id[], channelId: Id, comment: string): Promise<void> {
  const { posts } = getState()
  const inOrder = postIds.toSorted((a, b) => (posts[a]?.create_at ?? 0) - (posts[b]?.create_at ?? 0))
  for (const [at, id] of inOrder.entries()) {
    const text = at === 0 && comment.trim() ? `${comment.trim()}\n${permalink(id)}` : permalink(id)
    await sendPost({ channelId, rootId: '', message: text })
  }
}

function DestinationList({ onChoose }: { onChoose: (to: Destination) => void }): ReactNode {
  const t = useText()
  const [query, setQuery] = useState('')
  const [people, setPeople] = useState<readonly Destination[]>([])
  useEffect(() => {
    let here = true
    findPeople(query).then(
      (found) => here && setPeople(found),
      () => here && setPeople([]),
    )
    return () => void (here = false)
  }, [query])
  const channels = useMemo(() => findChannels(getState(), query), [query])
  return (
    <ListBox<Destination>
      label={t('posts.forward_where', 'Channel or person')}
      placeholder={t('posts.forward_find', 'Find a channel or person')}
      query={query}
      onQueryChange={setQuery}
      items={[...channels, ...people]}
      keyOf={(one) => one.key}
      sectionOf={(one) => (one.userId ? t('posts.people', 'People') : t('posts.channels', 'Channels'))}
      onChoose={onChoose}
      autoFocus
      className={css['list']}
      empty={t('posts.nothing_found', 'Nothing found')}
    >
      {(one) => (
        <span className={css['option']}>
          <Icon icon={ICONS[one.type] ?? Hash} />
          <span className={css['label']}>{one.label}</span>
          <span className={css['hint']}>{one.hint}</span>
        </span>
      )}
    </ListBox>
  )
}
