import type { ReactNode } from 'react'
import type { FileInfo } from '@mattermost/types/files'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Post } from '../../store/entities.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Trash2 } from '../../ui/icons.ts'
import { FileCard } from './FileCard.tsx'
import css from './Files.module.css'
import { isPicture, kindOf } from './file-kind.ts'
import { openFileViewer } from './open-viewer.tsx'
import { Player } from './Player.tsx'
import { PostPicture } from './PostPicture.tsx'

interface Props {
  readonly post: Pick<Post, 'id' | 'file_ids' | 'metadata'>
}

/** The files of a post: pictures with their space reserved, players, cards. A press opens the viewer. */
export function FileAttachments({ post }: Props): ReactNode {
  const t = useText()
  const svg = useStore((state) => state.config['EnableSVGs'] === 'true')
  const files = inOrder(post)
  const count = post.file_ids?.length ?? 0
  if (files.length === 0) return count > 0 && <Gone count={count} />
  const shows = (file: FileInfo): boolean => isPicture(file) && !file.archived && (svg || file.extension !== 'svg')
  const pictures = files.filter(shows)
  const others = files.filter((file) => !shows(file))
  // The viewer goes through them in the order they are shown in.
  const shown = [...pictures, ...others].filter((file) => !file.archived)
  const open = (file: FileInfo): void => openFileViewer(shown, shown.indexOf(file))
  return (
    <div className={css['attachments']} role="group" aria-label={t('files.of_post', 'Attached files')}>
      {pictures.length > 0 && (
        <div className={pictures.length > 1 ? css['grid'] : undefined}>
          {pictures.map((file) => (
            <PostPicture key={file.id} file={file} alone={pictures.length === 1} onOpen={() => open(file)} />
          ))}
        </div>
      )}
      {others.map((file) => {
        const kind = kindOf(file)
        const plays = !file.archived && (kind === 'video' || kind === 'audio')
        if (plays) return <Player key={file.id} file={file} kind={kind} onOpen={() => open(file)} />
        return <FileCard key={file.id} file={file} onOpen={() => open(file)} />
      })}
    </div>
  )
}

/** In the order their author attached them; the server lists them by when they were uploaded. */
function inOrder({ id, file_ids: ids, metadata }: Props['post']): readonly FileInfo[] {
  const place = new Map((ids ?? []).map((id, at) => [id, at]))
  // Files of a post that has just been sent do not know it yet.
  const files = (metadata.files ?? []).map((file) => ({ ...file, post_id: id }))
  return files.toSorted((a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity))
}

/** Files that the post once had: deleted, or removed by the server's rules. */
function Gone({ count }: { count: number }): ReactNode {
  const t = useText()
  return (
    <p className={css['gone']}>
      <Icon icon={Trash2} size="s" />
      {t(
        'files.gone',
        '{count, plural, one {The attached file is} other {# attached files are}} no longer available.',
        { count },
      )}
    </p>
  )
}
