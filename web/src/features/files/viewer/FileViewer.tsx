import type { ReactNode } from 'react'
import type { ViewedFile } from '../open-viewer.tsx'

interface Props {
  readonly files: readonly ViewedFile[]
  readonly index: number
  readonly onClose: () => void
}

export default function FileViewer(_props: Props): ReactNode {
  return null
}
