import { useCallback, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import { failureText } from '../../shell/failure.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { channelPath, goTo } from '../../shell/navigate.ts'
import { openPanel } from '../../shell/panels.ts'
import type { Id } from '../../store/state.ts'
import { Button } from '../../ui/Button.tsx'
import { findPost, joinPlace, openingOf } from './find-post.ts'
import type { PostPlace } from './find-post.ts'
import { ConversationSkeleton, LoadFailed } from './list/ConversationStates.tsx'
import css from './PermalinkPage.module.css'

type Found = 'looking' | 'nowhere' | { readonly failed: unknown } | { readonly join: PostPlace }

/** `/<team>/pl/<id>`: the channel around the post; who is not in it is asked before he joins. */
export default function PermalinkPage({ teamId }: { teamId: string }): ReactNode {
  const postId = useParams()['post'] ?? ''
  const [found, setFound] = useState<Found>('looking')
  const look = useCallback(() => {
    setFound('looking')
    let here = true
    const settle = (next: Found): void => void (here && setFound(next))
    const find = async (): Promise<void> => {
      const place = /^[a-z0-9]{26}$/.test(postId) ? await findPost(postId) : undefined
      if (!here) return
      if (!place) settle('nowhere')
      else if (!place.has_joined_channel) settle({ join: place })
      else await open(postId, place.channel_id, teamId)
    }
    find().catch((failed: unknown) => settle(isGone(failed) ? 'nowhere' : { failed }))
    return () => void (here = false)
  }, [postId, teamId])
  useEffect(look, [look])
  if (found === 'looking') return <ConversationSkeleton />
  if (found === 'nowhere') return <Nowhere teamId={teamId} />
  if ('join' in found) return <AskToJoin place={found.join} postId={postId} teamId={teamId} />
  return <LoadFailed error={found.failed} onRetry={look} />
}

const isGone = (error: unknown): boolean => {
  const { status_code: code, status } = error as { status_code?: number; status?: number }
  return [403, 404].includes(code ?? status ?? 0)
}

async function open(postId: Id, channelId: Id, teamId: Id): Promise<void> {
  const { listed, rootId } = await openingOf(postId, channelId)
  goTo(`${channelPath(channelId, teamId)}?post=${listed}`, { replace: true })
  if (rootId) openPanel({ kind: 'thread', rootId, focusPostId: postId })
}

function Nowhere({ teamId }: { teamId: Id }): ReactNode {
  const t = useText()
  const team = useStore((state) => state.teams[teamId]?.name ?? '')
  return (
    <div className={css['page']}>
      <h1>{t('posts.not_found', 'This message cannot be shown')}</h1>
      <p>
        {t(
          'posts.not_found_hint',
          'It was deleted, or it is in a channel that you are not in. Ask whoever sent you the link.',
        )}
      </p>
      <Button variant="primary" onPress={() => goTo(`/${team}`, { replace: true })}>
        {t('posts.to_channels', 'Go to my channels')}
      </Button>
    </div>
  )
}

function AskToJoin({ place, postId, teamId }: { place: PostPlace; postId: Id; teamId: Id }): ReactNode {
  const t = useText()
  const [pending, setPending] = useState(false)
  const [error, setError] = useState('')
  const team = useStore((state) => state.teams[teamId]?.name ?? '')
  const name = place.channel_display_name
  const join = async (): Promise<void> => {
    setPending(true)
    try {
      await joinPlace(place)
      await open(postId, place.channel_id, teamId)
    } catch (failure) {
      setError(failureText(failure))
      setPending(false)
    }
  }
  return (
    <div className={css['page']}>
      <h1>{t('posts.join_title', 'Join {name} to see the message?', { name })}</h1>
      <p>
        {place.channel_type === 'O'
          ? t('posts.join_hint', 'You are not in this channel yet. It is open: you can leave it at any time.')
          : t('posts.join_private', 'You are not in this private channel. Its members will see that you join.')}
      </p>
      {error && <p role="alert">{error}</p>}
      <div className={css['buttons']}>
        <Button onPress={() => goTo(`/${team}`, { replace: true })}>{t('posts.do_not_join', 'Not now')}</Button>
        <Button variant="primary" pending={pending} onPress={() => void join()}>
          {t('posts.join', 'Join')}
        </Button>
      </div>
    </div>
  )
}
