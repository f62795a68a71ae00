import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Download } from '../../ui/icons.ts'
import { tooltip } from '../../ui/Tooltip.tsx'
import type { TooltipSide } from '../../ui/Tooltip.tsx'
import { downloadAddress } from './addresses.ts'
import css from './Files.module.css'
import type { ViewedFile } from './open-viewer.tsx'

interface Props {
  readonly file: Pick<ViewedFile, 'id' | 'link' | 'name'>
  /** what it is called among others of its kind; absent where there is only one */
  readonly label?: string
  readonly tooltipSide?: TooltipSide
}

/** The arrow that downloads a file. One of another site opens beside this page. */
export function DownloadLink({ file, label, tooltipSide }: Props): ReactNode {
  const t = useText()
  const tip = t('files.download', 'Download')
  return (
    <a
      className={css['download']}
      href={downloadAddress(file)}
      download={file.name}
      target={file.link ? '_blank' : undefined}
      rel="noreferrer"
      aria-label={label ?? tip}
      {...tooltip(tip, { side: tooltipSide })}
    >
      <Icon icon={Download} />
    </a>
  )
}
