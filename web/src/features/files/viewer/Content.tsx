import { useState } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Download } from '../../../ui/icons.ts'
import { downloadAddress, fileAddress, pictureAddress } from '../addresses.ts'
import { extensionLabel, isPicture, kindOf } from '../file-kind.ts'
import { FileIcon } from '../FileIcon.tsx'
import { ifFailed } from '../media-failure.ts'
import type { ViewedFile } from '../open-viewer.tsx'
import { sizeText } from '../size-text.ts'
import type { Zoom } from './use-zoom.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import css from './Viewer.module.css'

const PdfView = lazyPart(() => import('./PdfView.tsx'))
const TextView = lazyPart(() => import('./TextView.tsx'))

/** The file itself, as far as a browser can show it. */
export function Content({ file, zoom }: { file: ViewedFile; zoom: Zoom }): ReactNode {
  const [failed, setFailed] = useState(false)
  const onFail = (): void => setFailed(true)
  const kind = kindOf(file)
  const playing = { ref: ifFailed(onFail), controls: true, autoPlay: true, src: fileAddress(file), onError: onFail }
  if (failed) return <Unsupported file={file} />
  if (isPicture(file)) return <PictureView file={file} zoom={zoom} onFail={onFail} />
  switch (kind) {
    case 'video':
      return <video className={css['video']} playsInline {...playing} />
    case 'audio':
      return (
        <div className={css['audio']}>
          <FileIcon file={file} size="xl" />
          <audio {...playing} />
        </div>
      )
    case 'pdf':
      return <PdfView file={file} onFail={onFail} />
    case 'text':
    case 'code':
      return <TextView file={file} onFail={onFail} />
    default:
      return /\.(csv|tsv)$/i.test(file.name) ? <TextView file={file} onFail={onFail} /> : <Unsupported file={file} />
  }
}

/** Pictures that browsers show themselves; of others the preview has to do. */
const NATIVE = new Set('png jpg jpeg gif webp bmp avif ico svg'.split(' '))

function PictureView({ file, zoom, onFail }: { file: ViewedFile; zoom: Zoom; onFail: () => void }): ReactNode {
  const { scale, x, y } = zoom.view
  const native = file.link !== undefined || NATIVE.has(file.extension.toLowerCase())
  return (
    <div ref={zoom.stage} className={css['stage']} data-zoomed={scale > 1 || undefined} {...zoom.handlers}>
      <img
        ref={zoom.picture}
        src={native ? fileAddress(file) : pictureAddress(file)}
        alt={file.name}
        className={css['picture']}
        style={{ transform: `translate(${x}px, ${y}px) scale(${scale})` }}
        draggable={false}
        onError={onFail}
      />
    </div>
  )
}

/** What no browser shows, or what it could not. */
function Unsupported({ file }: { file: ViewedFile }): ReactNode {
  const t = useText()
  const facts = [extensionLabel(file), file.size > 0 && sizeText(file.size, t.locale)].filter(Boolean).join(' · ')
  return (
    <div className={css['unsupported']}>
      <FileIcon file={file} size="xl" />
      <p className={css['name']}>{file.name}</p>
      <p className={css['from']}>{facts}</p>
      <p className={css['from']}>{t('files.no_preview', 'This kind of file cannot be shown here.')}</p>
      <a className={css['save']} href={downloadAddress(file)} download={file.name}>
        <Icon icon={Download} />
        {t('files.download', 'Download')}
      </a>
    </div>
  )
}
