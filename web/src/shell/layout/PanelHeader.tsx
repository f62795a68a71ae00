import type { ReactNode } from 'react'
import { IconButton } from '../../ui/IconButton.tsx'
import { ArrowLeft, X } from '../../ui/icons.ts'
import { useText } from '../i18n.tsx'
import { closeAllPanels, closePanel, usePanels } from '../panels.ts'
import css from './PanelHeader.module.css'

interface Props {
  readonly title: ReactNode
  /** muted, behind the title: the channel that it belongs to */
  readonly subtitle?: ReactNode
  readonly actions?: ReactNode
}

/** The line above what stands on the right side, as high as the header of the conversation. */
export function PanelHeader({ title, subtitle, actions }: Props): ReactNode {
  const t = useText()
  const depth = usePanels(({ stack }) => stack.length)
  return (
    <header className={css['header']}>
      {depth > 1 && (
        <IconButton icon={ArrowLeft} label={t('shell.back', 'Back')} tooltipSide="bottom" onPress={closePanel} />
      )}
      <h2 className={css['title']}>
        {title}
        {subtitle && <span className={css['subtitle']}>{subtitle}</span>}
      </h2>
      {actions}
      <IconButton icon={X} label={t('shell.close', 'Close')} tooltipSide="bottom" onPress={closeAllPanels} />
    </header>
  )
}
