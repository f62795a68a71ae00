import { createContext, use, useMemo } from 'react'
import type { ReactNode } from 'react'
import { createIntl, createIntlCache } from 'react-intl'
import type { IntlShape, PrimitiveType } from 'react-intl'

type Values = Record<string, PrimitiveType>
type RichValues = Record<string, PrimitiveType | ReactNode | ((parts: ReactNode[]) => ReactNode)>

/** The texts of one language by id. English stands in the code, beside its id. */
type Texts = Record<string, string>

/** Languages that people may choose; a language is one file in src/i18n and one line here. */
export const languages: Readonly<Record<string, { name: string; load: () => Promise<Texts> }>> = {
  en: { name: 'English', load: async () => ({}) },
  ko: { name: '한국어', load: async () => (await import('../i18n/ko.json')).default },
}

const LOCALE = 'outpost.locale'

/** The language a visitor chose on this device, or ''. */
export const chosenLocale = (): string => localStorage.getItem(LOCALE) ?? ''

/** Remembers a visitor's language. */
export const chooseLocale = (locale: string): void => localStorage.setItem(LOCALE, locale)

/** Words and numbers in the reader's language. */
export interface Text {
  /** `t(id, english, values)` in ICU message syntax. Id and English are literals: web/scripts/texts.ts collects them. */
  (id: string, english: string, values?: Values): string
  /** The same with elements: for `<b>` in the text, values hold `b: (parts) => <b>{parts}</b>`. */
  rich(id: string, english: string, values: RichValues): ReactNode
  readonly intl: IntlShape
  readonly locale: string
}

const cache = createIntlCache()
// Lists of words with the same id are formatted often; react-intl keeps what it has parsed.
let current = makeText('en', {}, undefined)

function makeText(locale: string, texts: Texts, timeZone: string | undefined): Text {
  const intl = createIntl({ locale, messages: texts, timeZone, defaultLocale: 'en', onError: () => undefined }, cache)
  const t = (id: string, english: string, values?: Values): string =>
    intl.formatMessage({ id, defaultMessage: english }, values)
  const rich = (id: string, english: string, values: RichValues): ReactNode =>
    intl.formatMessage({ id, defaultMessage: english }, values as never)
  return Object.assign(t, { rich, intl, locale })
}

/** Loads a language, the nearest that there is (ko-KR → ko), else English. `timeZone`: an IANA name, absent for the machine's. */
export async function loadText(wanted: string, timeZone?: string): Promise<Text> {
  const locale = [wanted, wanted.split('-')[0]!].find((one) => languages[one]) ?? 'en'
  current = makeText(locale, await languages[locale]!.load(), timeZone)
  document.documentElement.lang = locale
  return current
}

/** The texts right now, for code outside of components. */
export const currentText = (): Text => current

const TextContext = createContext<Text>(current)

/** Gives the texts to everything below. */
export function TextProvider({ text, children }: { text: Text; children: ReactNode }): ReactNode {
  return <TextContext value={useMemo(() => text, [text])}>{children}</TextContext>
}

/** `const t = useText()` */
export const useText = (): Text => use(TextContext)
