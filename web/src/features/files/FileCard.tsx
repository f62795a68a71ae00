import type { ReactNode } from 'react'
import type { FileInfo } from '@mattermost/types/files'
import { useText } from '../../shell/i18n.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { DownloadLink } from './DownloadLink.tsx'
import { extensionLabel } from './file-kind.ts'
import { FileIcon } from './FileIcon.tsx'
import css from './Files.module.css'
import { sizeText } from './size-text.ts'

/** A file with its kind, name and size; a press opens it, the arrow downloads it. */
export function FileCard({ file, onOpen }: { file: FileInfo; onOpen: () => void }): ReactNode {
  const t = useText()
  const facts = [extensionLabel(file), sizeText(file.size, t.locale)].filter(Boolean).join(' · ')
  if (file.archived) {
    return (
      <div className={css['card']} data-archived="">
        <span className={css['face']}>
          <FileIcon file={file} />
        </span>
        <span className={css['texts']}>
          <span className={css['name']}>{file.name}</span>
          <span className={css['meta']}>{t('files.archived', 'Archived: it cannot be opened any more')}</span>
        </span>
      </div>
    )
  }
  return (
    <div className={css['card']}>
      <button type="button" className={css['open']} onClick={onOpen}>
        <VisuallyHidden>{t('files.open', 'Open')} </VisuallyHidden>
        <span className={css['face']}>
          <FileIcon file={file} />
        </span>
        <span className={css['texts']}>
          <span className={css['name']}>{file.name}</span>
          <span className={css['meta']}>{facts}</span>
        </span>
      </button>
      <DownloadLink file={file} label={t('files.download_name', 'Download {name}', { name: file.name })} />
    </div>
  )
}
