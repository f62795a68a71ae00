import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { openPanel } from '../../shell/panels.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { AtSign, Bookmark, Clock, X } from '../../ui/icons.ts'
import { forgetSearch, useRecentSearches } from './recent-searches.ts'
import css from './Search.module.css'

interface Props {
  /** takes over a search of before */
  readonly onSearch: (terms: string) => void
  /** writes the beginning of a filter */
  readonly onFilter: (filter: string) => void
}

/** What one can search for, and what was searched for before. */
export function Hints({ onSearch, onFilter }: Props): ReactNode {
  const t = useText()
  const recent = useRecentSearches()
  const filters = [
    ['from:', t('search.hint_from', 'by a person')],
    ['in:', t('search.hint_in', 'in a channel or with a person')],
    ['on:', t('search.hint_on', 'on a day')],
    ['before:', t('search.hint_before', 'before a day')],
    ['after:', t('search.hint_after', 'after a day')],
    ['-', t('search.hint_without', 'without a word or filter')],
    ['"', t('search.hint_phrase', 'exactly these words')],
    ['#', t('search.hint_hashtag', 'with a hashtag')],
  ] as const
  return (
    <div className={css['hints']}>
      <ul>
        <OwnList icon={AtSign} kind="mentions" text={t('search.mentions', 'Recent mentions')} />
        <OwnList icon={Bookmark} kind="saved" text={t('search.saved', 'Saved messages')} />
      </ul>
      {recent.length > 0 && (
        <section>
          <h3>{t('search.recent', 'Recent searches')}</h3>
          <ul>
            {recent.map((terms) => (
              <li key={terms} className={css['recent']}>
                <button type="button" className={css['hint']} onClick={() => onSearch(terms)}>
                  <Icon icon={Clock} size="s" />
                  <span className={css['terms']}>{terms}</span>
                </button>
                <IconButton
                  size="s"
                  icon={X}
                  label={t('search.forget', 'Forget {terms}', { terms })}
                  onPress={() => forgetSearch(terms)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{t('search.filters', 'Narrow it down')}</h3>
        <ul>
          {filters.map(([filter, text]) => (
            <li key={filter}>
              <button type="button" className={css['hint']} onClick={() => onFilter(filter)}>
                <code>{filter}</code>
                <span>{text}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

interface OwnListProps {
  readonly icon: LucideIcon
  readonly kind: 'mentions' | 'saved'
  readonly text: string
}

/** The way to what was gathered for the reader, for those without a keyboard too. */
function OwnList({ icon, kind, text }: OwnListProps): ReactNode {
  return (
    <li>
      <button type="button" className={css['hint']} onClick={() => openPanel({ kind }, { below: true })}>
        <Icon icon={icon} />
        {text}
      </button>
    </li>
  )
}
