import { useRef, useState } from 'react'
import type { DragEvent, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import { Upload } from './icons.ts'
import styles from './FileDrop.module.css'

export interface FileDropProps {
  /** Shown while files hover: `Drop files to attach them`. */
  label: string
  /** The files; folders among them are left out. Never empty. */
  onFiles: (files: File[]) => void
  disabled?: boolean
  className?: string
  children: ReactNode
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files')

function filesOf({ items, files }: DataTransfer): File[] {
  const entries = [...items].filter((item) => item.kind === 'file')
  if (entries.length === 0) return [...files]
  const real = entries.filter((item) => !item.webkitGetAsEntry()?.isDirectory)
  return real.flatMap((item) => item.getAsFile() ?? [])
}

/** A place that takes files dragged onto it. It is a second way only: a button must offer the same, see pickFiles. */
export function FileDrop({ label, onFiles, disabled, className, children }: FileDropProps): ReactNode {
  const [over, setOver] = useState(false)
  // Entering a child leaves its parent: only when all are left the files are gone.
  const depth = useRef(0)
  const count = (by: number) => (event: DragEvent) => {
    if (disabled || !hasFiles(event)) return
    event.preventDefault()
    depth.current = Math.max(0, depth.current + by)
    setOver(depth.current > 0)
  }
  const onDragOver = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    // Also when disabled: a browser would leave the page and open the file.
    event.preventDefault()
    event.dataTransfer.dropEffect = disabled ? 'none' : 'copy'
  }
  const onDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth.current = 0
    setOver(false)
    const files = disabled ? [] : filesOf(event.dataTransfer)
    if (files.length > 0) onFiles(files)
  }
  return (
    <div
      className={cx(styles.drop, className)}
      onDragEnter={count(1)}
      onDragLeave={count(-1)}
      {...{ onDragOver, onDrop }}
    >
      {children}
      {over && (
        <div className={styles.over}>
          <Icon icon={Upload} size="xl" />
          {label}
        </div>
      )}
    </div>
  )
}

/** Lets people choose files in the browser's dialog; empty when they choose none. `accept` as of an input. */
export function pickFiles({ accept, multiple = true }: { accept?: string; multiple?: boolean } = {}): Promise<File[]> {
  const input = document.createElement('input')
  Object.assign(input, { type: 'file', multiple, accept: accept ?? '', hidden: true })
  // WebKit forgets a field that stands in no page while its window for files is open.
  document.body.append(input)
  return new Promise((resolve) => {
    const end = (): void => {
      input.remove()
      resolve([...(input.files ?? [])])
    }
    input.addEventListener('change', end)
    input.addEventListener('cancel', end)
    input.click()
  })
}
