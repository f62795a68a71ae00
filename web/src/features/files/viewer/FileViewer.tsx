import { Suspense, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { useText } from '../../../shell/i18n.tsx'
import { FocusHome } from '../../../ui/focus-home.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { ChevronLeft, ChevronRight } from '../../../ui/icons.ts'
import { Spinner } from '../../../ui/Spinner.tsx'
import { isPicture } from '../file-kind.ts'
import type { ViewedFile } from '../open-viewer.tsx'
import { Content } from './Content.tsx'
import { useZoom } from './use-zoom.ts'
import { ViewerHeader } from './ViewerHeader.tsx'
import css from './Viewer.module.css'

interface Props {
  readonly files: readonly ViewedFile[]
  readonly index: number
  readonly onClose: () => void
}

/** px that an arrow key moves an enlarged picture. */
const STEP = 60

/** Files over the whole window. Arrows go to the next one, + and - enlarge a picture, Escape closes. */
export default function FileViewer({ files, index, onClose }: Props): ReactNode {
  const t = useText()
  const [at, setAt] = useState(Math.max(0, index))
  const file = files[at]
  const go = (step: number): void => {
    const next = at + step
    if (!files[next]) return
    zoom.reset()
    setAt(next)
  }
  const zoom = useZoom({ onNext: () => go(1), onPrevious: () => go(-1), onDown: onClose })
  if (!file) return null
  const picture = isPicture(file)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).matches('video, audio')) return
    const zoomed = picture && zoom.view.scale > 1
    const keys: Record<string, (() => void) | false> = {
      ArrowLeft: () => (zoomed ? zoom.move(STEP, 0) : go(-1)),
      ArrowRight: () => (zoomed ? zoom.move(-STEP, 0) : go(1)),
      ArrowUp: zoomed && (() => zoom.move(0, STEP)),
      ArrowDown: zoomed && (() => zoom.move(0, -STEP)),
      '+': picture && (() => zoom.zoomBy(1.4)),
      '=': picture && (() => zoom.zoomBy(1.4)),
      '-': picture && (() => zoom.zoomBy(1 / 1.4)),
      0: picture && zoom.reset,
    }
    const action = keys[event.key]
    if (!action) return
    event.preventDefault()
    action()
  }
  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && onClose()} className={css['overlay']}>
      <Modal className={css['modal']}>
        <Dialog aria-label={t('files.viewer', 'File {name}', { name: file.name })} className={css['viewer']}>
          <div className={css['inner']} onKeyDown={onKeyDown}>
            <FocusHome />
            <ViewerHeader
              file={file}
              place={{ at, count: files.length }}
              zoom={picture ? zoom : undefined}
              onClose={onClose}
            />
            <div className={css['content']}>
              <Suspense fallback={<Spinner />}>
                <Content key={file.id} file={file} zoom={zoom} />
              </Suspense>
            </div>
            {files.length > 1 && (
              <>
                <Turn to="previous" disabled={at === 0} onPress={() => go(-1)} />
                <Turn to="next" disabled={at === files.length - 1} onPress={() => go(1)} />
              </>
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Turn({ to, ...props }: { to: 'previous' | 'next'; disabled: boolean; onPress: () => void }): ReactNode {
  const t = useText()
  const label = to === 'next' ? t('files.next', 'Next file') : t('files.previous', 'Previous file')
  return (
    <IconButton
      size="l"
      icon={to === 'next' ? ChevronRight : ChevronLeft}
      label={label}
      className={css[to]}
      {...props}
    />
  )
}
