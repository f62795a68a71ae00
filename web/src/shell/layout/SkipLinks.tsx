import { memo } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import { useText } from '../i18n.tsx'
import css from './SkipLinks.module.css'

const MAIN = '[data-region="main"]'

/** For those who come with the Tab key: past the teams and channels, to what is written or to where one writes. */
export const SkipLinks = memo(function SkipLinks(): ReactNode {
  const t = useText()
  const to =
    (...places: readonly string[]) =>
    (event: MouseEvent): void => {
      event.preventDefault()
      const target = places.map((place) => document.querySelector<HTMLElement>(place)).find(Boolean)
      target?.focus()
    }
  return (
    <nav className={css['links']} aria-label={t('shell.skip', 'Skip')}>
      <a href="#main" className={css['link']} onClick={to(`${MAIN} [data-post-list]`, MAIN)}>
        {t('shell.skip_to_conversation', 'Skip to the conversation')}
      </a>
      <a href="#composer" className={css['link']} onClick={to(`${MAIN} textarea`, MAIN)}>
        {t('shell.skip_to_composer', 'Skip to writing a message')}
      </a>
    </nav>
  )
})
