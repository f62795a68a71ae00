import { memo } from 'react'
import type { ReactNode } from 'react'
import { Toolbar } from 'react-aria-components/Toolbar'
import { useText } from '../../shell/i18n.tsx'
import { afterClosing } from '../../ui/after-closing.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Ellipsis } from '../../ui/icons.ts'
import { Menu, MenuItem, MenuTrigger } from '../../ui/Menu.tsx'
import css from './Composer.module.css'
import { FORMATS } from './formats.ts'
import type { Format } from './formats.ts'
import { keysOf } from './keys.ts'

interface Props {
  /** the same function each time: the buttons are not drawn again then */
  readonly onFormat: (format: Format) => void
}

/** Buttons that mark up the selection, as many as there is room for; a menu has them all. Arrow keys move among them. */
export const FormattingBar = memo(function FormattingBar({ onFormat }: Props): ReactNode {
  const t = useText()
  const more = t('composer.more_formats', 'More formatting')
  return (
    <Toolbar className={css['formats']} aria-label={t('composer.formatting', 'Formatting')}>
      {FORMATS.map((format) => (
        <IconButton
          key={format.id}
          size="s"
          icon={format.icon}
          label={format.label(t)}
          shortcut={keysOf(format.shortcut)}
          className={css[format.stays ?? 'folds']}
          preventFocusOnPress
          onPress={() => onFormat(format)}
        />
      ))}
      <MenuTrigger>
        <IconButton size="s" icon={Ellipsis} label={more} className={css['more_formats']} />
        <Menu label={more} placement="top start">
          {FORMATS.map((format) => (
            <MenuItem
              key={format.id}
              icon={format.icon}
              shortcut={keysOf(format.shortcut)}
              onAction={() => afterClosing(() => onFormat(format))}
            >
              {format.label(t)}
            </MenuItem>
          ))}
        </Menu>
      </MenuTrigger>
    </Toolbar>
  )
})
