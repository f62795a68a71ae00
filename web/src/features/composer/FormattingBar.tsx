import type { ReactNode } from 'react'
import { Toolbar } from 'react-aria-components/Toolbar'
import { useText } from '../../shell/i18n.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import css from './Composer.module.css'
import { FORMATS } from './formats.ts'
import type { Format } from './formats.ts'
import { keysOf } from './keys.ts'

/** Buttons that mark up the selection. Arrow keys move among them; Tab passes them all. */
export function FormattingBar({ onFormat }: { onFormat: (format: Format) => void }): ReactNode {
  const t = useText()
  return (
    <Toolbar className={css['formats']} aria-label={t('composer.formatting', 'Formatting')}>
      {FORMATS.map((format) => (
        <IconButton
          key={format.id}
          size="s"
          icon={format.icon}
          label={format.label(t)}
          shortcut={keysOf(format.shortcut)}
          preventFocusOnPress
          onPress={() => onFormat(format)}
        />
      ))}
    </Toolbar>
  )
}
