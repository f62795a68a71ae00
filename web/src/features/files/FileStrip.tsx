import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { FileInfo } from '@mattermost/types/files'
import { api } from '../../client/api.ts'
import { useText } from '../../shell/i18n.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { RotateCcw, X } from '../../ui/icons.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { useWriting } from '../drafts/writing.ts'
import type { Writing } from '../drafts/writing.ts'
import { FileIcon } from './FileIcon.tsx'
import css from './Files.module.css'
import { isPicture } from './file-kind.ts'
import { openFileViewer } from './open-viewer.tsx'
import { sizeText } from './size-text.ts'
import { cancelUpload, retryUpload, useUploads } from './uploads.ts'
import type { Upload } from './uploads.ts'

/** The files of a message that is being written: those that are there, and those on their way. */
export function FileStrip({ writing }: { writing: Writing }): ReactNode {
  const t = useText()
  const files = useWriting(writing, (content) => content.files)
  const uploads = useUploads(useShallow((state) => state.uploads.filter(({ key }) => key === writing.key)))
  if (files.length + uploads.length === 0) return null
  const remove = (id: string): void => writing.write({ files: writing.read().files.filter((one) => one.id !== id) })
  return (
    <ul className={css['strip']} aria-label={t('files.attached', 'Attached files')}>
      {files.map((file, at) => (
        <Attached key={file.id} file={file} onOpen={() => openFileViewer(files, at)} onRemove={() => remove(file.id)} />
      ))}
      {uploads.map((upload) => (
        <OnItsWay key={upload.id} upload={upload} />
      ))}
    </ul>
  )
}

function Attached({ file, onOpen, onRemove }: { file: FileInfo; onOpen: () => void; onRemove: () => void }): ReactNode {
  const t = useText()
  const picture = isPicture(file) && file.has_preview_image ? api.getFileThumbnailUrl(file.id, 0) : null
  return (
    <li className={css['tile']}>
      <button type="button" className={css['open']} onClick={onOpen}>
        <VisuallyHidden>{t('files.open', 'Open')} </VisuallyHidden>
        <Face picture={picture} file={file} />
        <span className={css['texts']}>
          <span className={css['name']}>{file.name}</span>
          <span className={css['meta']}>{sizeText(file.size, t.locale)}</span>
        </span>
      </button>
      <IconButton
        size="s"
        icon={X}
        label={t('files.remove', 'Remove {name}', { name: file.name })}
        onPress={onRemove}
      />
    </li>
  )
}

function Face({
  picture,
  file,
}: {
  picture: string | null
  file: Pick<FileInfo, 'name' | 'extension' | 'mime_type'>
}): ReactNode {
  return (
    <span className={css['face']}>
      {picture ? <img src={picture} alt="" draggable={false} /> : <FileIcon file={file} />}
    </span>
  )
}

function OnItsWay({ upload }: { upload: Upload }): ReactNode {
  const t = useText()
  const { id, file, state, progress, error } = upload
  const picture = useLocalPicture(file)
  const extension = /\.(\w+)$/.exec(file.name)?.[1] ?? ''
  return (
    <li className={css['tile']} data-failed={state === 'failed' || undefined}>
      <Face picture={picture} file={{ name: file.name, extension, mime_type: file.type }} />
      <span className={css['texts']}>
        <span className={css['name']}>{file.name}</span>
        {state === 'failed' ? (
          <span className={css['error']} role="alert">
            {error}
          </span>
        ) : (
          <ProgressBar value={progress} label={t('files.uploading', 'Uploading {name}', { name: file.name })} />
        )}
      </span>
      {state === 'failed' && (
        <IconButton
          size="s"
          icon={RotateCcw}
          label={t('files.retry', 'Upload {name} again', { name: file.name })}
          onPress={() => retryUpload(id)}
        />
      )}
      <IconButton
        size="s"
        icon={X}
        label={t('files.cancel', 'Do not attach {name}', { name: file.name })}
        onPress={() => cancelUpload(id)}
      />
    </li>
  )
}

/** A picture of this device, shown before the server has it. */
function useLocalPicture(file: File): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!/^image\/(png|jpeg|gif|webp|avif)$/.test(file.type)) return
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url
}
