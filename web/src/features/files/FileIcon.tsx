import type { ReactNode } from 'react'
import type { FileInfo } from '@mattermost/types/files'
import type { LucideIcon } from 'lucide-react'
import { Icon } from '../../ui/Icon.tsx'
import type { IconSize } from '../../ui/Icon.tsx'
import {
  File,
  FileArchive,
  FileAudio,
  FileCode,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
} from '../../ui/icons.ts'
import { kindOf } from './file-kind.ts'
import type { FileKind } from './file-kind.ts'

const ICONS: Record<FileKind, LucideIcon> = {
  image: FileImage,
  video: FileVideo,
  audio: FileAudio,
  pdf: FileText,
  text: FileText,
  code: FileCode,
  table: FileSpreadsheet,
  archive: FileArchive,
  document: FileText,
  other: File,
}

type Named = Pick<FileInfo, 'name' | 'extension'> & { readonly mime_type?: string }

/** The icon of a file's kind. */
export const FileIcon = ({ file, size = 'l' }: { file: Named; size?: IconSize }): ReactNode => (
  <Icon icon={ICONS[kindOf(file)]} size={size} />
)
