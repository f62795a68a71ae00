import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useText } from '../../shell/i18n.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Upload } from '../../ui/icons.ts'
import type { Writing } from '../drafts/writing.ts'
import css from './Files.module.css'
import { addFiles, mayUpload } from './uploads.ts'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Files without the folders among them. */
function filesOf({ items, files }: DataTransfer): File[] {
  const entries = [...items].filter((item) => item.kind === 'file')
  if (entries.length === 0) return [...files]
  return entries.filter((item) => !item.webkitGetAsEntry()?.isDirectory).flatMap((item) => item.getAsFile() ?? [])
}

/** Makes the whole pane around it (conversation or thread) take files that are dragged onto it. The paper clip does the same. */
export function DropZone({ writing }: { writing: Writing }): ReactNode {
  const t = useText()
  const anchor = useRef<HTMLSpanElement>(null)
  const [over, setOver] = useState<DOMRect | null>(null)
  useEffect(() => {
    const pane = anchor.current?.parentElement?.parentElement
    if (!pane || !mayUpload(writing.channelId)) return
    let depth = 0
    const count = (by: number) => (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      depth = Math.max(0, depth + by)
      setOver(depth > 0 ? pane.getBoundingClientRect() : null)
    }
    const onOver = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault()
    }
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      depth = 0
      setOver(null)
      addFiles(writing, filesOf(event.dataTransfer))
    }
    const listeners = { dragenter: count(1), dragleave: count(-1), dragover: onOver, drop: onDrop }
    for (const [name, listener] of Object.entries(listeners)) pane.addEventListener(name, listener as EventListener)
    return () => {
      for (const [name, listener] of Object.entries(listeners))
        pane.removeEventListener(name, listener as EventListener)
    }
  }, [writing])
  return (
    <>
      <span ref={anchor} hidden />
      {over &&
        createPortal(
          <div
            className={css['drop']}
            style={{ left: over.left, top: over.top, width: over.width, height: over.height }}
          >
            <div className={css['drop_label']}>
              <Icon icon={Upload} size="xl" />
              {t('files.drop', 'Drop files to attach them')}
            </div>
          </div>,
          document.body,
        )}
    </>
  )
}
