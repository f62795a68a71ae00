import { useState } from 'react'
import type { ReactNode } from 'react'
import { usePreference } from '../../../client/preferences.ts'
import { useText } from '../../../shell/i18n.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { ChevronDown, ChevronRight } from '../../../ui/icons.ts'
import css from './Embeds.module.css'

interface Props {
  readonly name: string
  /** beside the name, on hover */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** Something that can be folded away; folded from the start for readers who prefer that. */
export function Foldable({ name, actions, children }: Props): ReactNode {
  const t = useText()
  const folded = usePreference('display_settings', 'collapse_previews', 'false') === 'true'
  const [open, setOpen] = useState<boolean>()
  const isOpen = open ?? !folded
  return (
    <div className={css['foldable']}>
      <div className={css['head']}>
        <button
          type="button"
          className={css['toggle']}
          aria-expanded={isOpen}
          aria-label={t('posts.preview_of', 'Preview: {name}', { name })}
          onClick={() => setOpen(!isOpen)}
        >
          <span className={css['source']}>{name}</span>
          <Icon icon={isOpen ? ChevronDown : ChevronRight} size="s" />
        </button>
        {actions}
      </div>
      {isOpen && children}
    </div>
  )
}
