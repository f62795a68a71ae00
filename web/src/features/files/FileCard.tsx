import type { ReactNode } from 'react'
import type { FileInfo } from '@mattermost/types/files'
import { useText } from '../../shell/i18n.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Download } from '../../ui/icons.ts'
import { tooltip } from '../../ui/Tooltip.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { downloadAddress } from './addresses.ts'
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
  const download = t('files.download_name', 'Download {name}', { name: file.name })
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
      <a
        className={css['download']}
        href={downloadAddress(file)}
        download={file.name}
        aria-label={download}
        {...tooltip(t('files.download', 'Download'))}
      >
        <Icon icon={Download} />
      </a>
    </div>
  )
}
