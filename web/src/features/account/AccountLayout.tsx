import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { basePath } from '../../client/base-path.ts'
import { useStore } from '../../client/store.ts'
import { chooseLocale, languages, useText } from '../../shell/i18n.tsx'
import css from './Account.module.css'

interface Props {
  readonly title: string
  readonly children: ReactNode
  /** one muted sentence below the title */
  readonly lead?: ReactNode
  /** below the card, such as the way to another page */
  readonly after?: ReactNode
}

/** One calm card in the middle of the page, with the name of the server above and the language below. */
export function AccountLayout({ title, lead, children, after }: Props): ReactNode {
  const t = useText()
  const siteName = useStore((state) => state.config['SiteName'] || 'Outpost')
  const brand = useStore((state) => (state.config['EnableCustomBrand'] === 'true' ? state.config : undefined))
  const me = useStore((state) => state.me)
  const description = useStore((state) => state.config['CustomDescriptionText'])
  useEffect(() => void (document.title = `${title} · ${siteName}`), [title, siteName])
  return (
    <div className={css['page']}>
      <main className={css['card']}>
        <header className={css['brand']}>
          <img
            src={brand ? `${basePath}/api/v4/brand/image` : `${basePath}/static/icon.svg`}
            alt=""
            className={css['logo']}
          />
          <span>{siteName}</span>
        </header>
        <h1 className={css['title']}>{title}</h1>
        {lead && <p className={css['lead']}>{lead}</p>}
        {children}
        {after && <div className={css['after']}>{after}</div>}
      </main>
      <footer className={css['footer']}>
        {(brand?.['CustomBrandText'] || description) && <p>{brand?.['CustomBrandText'] || description}</p>}
        <Links />
        {!me && <LanguageChoice label={t('account.language', 'Language')} current={t.locale} />}
      </footer>
    </div>
  )
}

function Links(): ReactNode {
  const t = useText()
  const config = useStore((state) => state.config)
  const links = [
    [config['AboutLink'], t('account.about', 'About')],
    [config['PrivacyPolicyLink'], t('account.privacy', 'Privacy')],
    [config['TermsOfServiceLink'], t('account.terms', 'Terms')],
    [config['HelpLink'], t('account.help', 'Help')],
  ].filter(([href]) => /^https?:\/\//.test(href ?? ''))
  return (
    <ul className={css['links']}>
      {links.map(([href, label]) => (
        <li key={label}>
          <a href={href} target="_blank" rel="noreferrer">
            {label}
          </a>
        </li>
      ))}
    </ul>
  )
}

function LanguageChoice({ label, current }: { label: string; current: string }): ReactNode {
  const choose = (locale: string): void => {
    chooseLocale(locale)
    location.reload()
  }
  return (
    <div role="group" aria-label={label} className={css['languages']}>
      {Object.entries(languages).map(([locale, { name }]) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          onClick={() => choose(locale)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
