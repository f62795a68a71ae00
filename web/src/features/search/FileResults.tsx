import type { ReactNode } from 'react'
import type { FileInfo } from '@mattermost/types/files'
import { useStore } from '../../client/store.ts'
import { useDates } from '../../shell/dates.ts'
import { useText } from '../../shell/i18n.tsx'
import { channelName } from '../../store/names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { CornerUpRight } from '../../ui/icons.ts'
import { FileCard } from '../files/FileCard.tsx'
import { openFileViewer } from '../files/open-viewer.tsx'
import { PersonName } from '../people/Person.tsx'
import { jumpTo } from './jump.ts'
import { ListEnd } from './ListEnd.tsx'
import css from './Search.module.css'
import type { Pages } from './use-pages.ts'

interface Props {
  readonly label: string
  readonly pages: Pages<FileInfo>
  readonly oneChannel?: boolean
  readonly empty: ReactNode
}

/** Files that were found, newest first. */
export function FileResults({ label, pages, oneChannel = false, empty }: Props): ReactNode {
  const files = pages.items
  if (files.length === 0 && pages.complete) return empty
  return (
    <div className={css['scroller']}>
      <ul className={css['files']} aria-label={label}>
        {files.map((file, index) => (
          <li key={file.id}>
            <FileCard file={file} onOpen={() => openFileViewer(files, index)} />
            <FileFacts file={file} oneChannel={oneChannel} />
          </li>
        ))}
      </ul>
      <ListEnd pages={pages} />
    </div>
  )
}

function FileFacts({ file, oneChannel }: { file: FileInfo; oneChannel: boolean }): ReactNode {
  const t = useText()
  const dates = useDates()
  const channel = useStore((state) => channelName(state, file.channel_id))
  const postId = file.post_id
  return (
    <div className={css['facts']}>
      <span>
        <PersonName userId={file.user_id} /> · {!oneChannel && channel && `${channel} · `}
        <time dateTime={new Date(file.create_at).toISOString()}>{dates.short(file.create_at)}</time>
      </span>
      {postId && (
        <IconButton
          size="s"
          icon={CornerUpRight}
          label={t('search.jump_file', 'Show {name} in the conversation', { name: file.name })}
          onPress={() => jumpTo(postId, file.channel_id)}
        />
      )}
    </div>
  )
}
