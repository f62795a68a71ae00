import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { Select } from '../../ui/Select.tsx'
import type { FileKind } from './query.ts'
import css from './Search.module.css'

interface Props {
  /** '' for every kind */
  readonly kind: FileKind | ''
  readonly onChange: (kind: FileKind | '') => void
}

/** Narrows files to one kind. */
export function FileKindChoice({ kind, onChange }: Props): ReactNode {
  const t = useText()
  const options = [
    { value: '' as const, label: t('search.kind_all', 'All files') },
    { value: 'documents' as const, label: t('search.kind_documents', 'Documents') },
    { value: 'spreadsheets' as const, label: t('search.kind_spreadsheets', 'Spreadsheets') },
    { value: 'presentations' as const, label: t('search.kind_presentations', 'Presentations') },
    { value: 'code' as const, label: t('search.kind_code', 'Code') },
    { value: 'images' as const, label: t('search.kind_images', 'Images') },
    { value: 'audio' as const, label: t('search.kind_audio', 'Audio') },
    { value: 'video' as const, label: t('search.kind_video', 'Video') },
  ]
  return (
    <Select
      className={css['kind']}
      label={t('search.kind', 'Kind of file')}
      hideLabel
      options={options}
      value={kind}
      onChange={onChange}
    />
  )
}
