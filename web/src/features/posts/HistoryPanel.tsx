import { useCallback, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { request } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { useDates } from '../../shell/dates.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { PanelHeader } from '../../shell/layout/PanelHeader.tsx'
import type { Panel } from '../../shell/panels.ts'
import type { Post, ServerPost } from '../../store/entities.ts'
import type { Id } from '../../store/state.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { RotateCcw } from '../../ui/icons.ts'
import { showToast } from '../../ui/toasts.ts'
import { ConversationSkeleton, LoadFailed } from './list/ConversationStates.tsx'
import { MessageText } from './post/MessageText.tsx'
import css from './HistoryPanel.module.css'

/** The earlier versions of a post of mine, the newest first; each can be brought back. */
export default function HistoryPanel({ panel }: { panel: Extract<Panel, { kind: 'history' }> }): ReactNode {
  const t = useText()
  return (
    <>
      <PanelHeader title={t('posts.history', 'Edit history')} />
      <Versions key={panel.postId} postId={panel.postId} />
    </>
  )
}

function Versions({ postId }: { postId: Id }): ReactNode {
  const t = useText()
  const current = useStore((state) => state.posts[postId])
  const [versions, setVersions] = useState<readonly ServerPost[]>()
  const [error, setError] = useState<unknown>()
  const editedAt = current?.edit_at
  const load = useCallback(() => {
    setError(undefined)
    request<ServerPost[]>('GET', `/posts/${postId}/edit_history`).then(setVersions, setError)
  }, [postId])
  // Every edit makes one version more.
  useEffect(load, [load, editedAt])
  if (error !== undefined) return <LoadFailed error={error} onRetry={load} />
  if (!versions) return <ConversationSkeleton />
  return (
    <ol className={css['list']}>
      {current && <Version post={current} at={current.edit_at || current.create_at} current />}
      {versions.map((version) => (
        <Version
          key={version.id}
          post={version}
          at={version.edit_at || version.create_at}
          onRestore={() => void restore(postId, version.id, t('posts.restored', 'The earlier version is back'))}
        />
      ))}
    </ol>
  )
}

interface VersionProps {
  readonly post: Post | ServerPost
  /** ms */
  readonly at: number
  readonly current?: boolean
  readonly onRestore?: () => void
}

function Version({ post, at, current, onRestore }: VersionProps): ReactNode {
  const t = useText()
  const dates = useDates()
  const files = post.file_ids?.length ?? 0
  return (
    <li className={css['version']}>
      <div className={css['head']}>
        <time dateTime={new Date(at).toISOString()}>{dates.full(at)}</time>
        {current && <Badge tone="accent">{t('posts.current_version', 'Current')}</Badge>}
        {onRestore && (
          <Button size="s" icon={RotateCcw} onPress={onRestore}>
            {t('posts.restore', 'Restore')}
          </Button>
        )}
      </div>
      <MessageText post={post as Post} />
      {files > 0 && (
        <p className={css['files']}>
          {t('posts.files', '{count, plural, one {# file} other {# files}}', { count: files })}
        </p>
      )}
    </li>
  )
}

async function restore(postId: Id, versionId: Id, done: string): Promise<void> {
  try {
    await request('POST', `/posts/${postId}/restore/${versionId}`)
    showToast(done, { tone: 'success' })
  } catch (error) {
    showFailure(error)
  }
}
