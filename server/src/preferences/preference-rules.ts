import { runes } from '../text/slugs.ts'
import type { Preference } from './preference.ts'
import { preferenceError } from './preferences.errors.ts'

const MAX_KEY_BYTES = 32
const MAX_VALUE = 20_000
const COLOUR = /^#(?:[0-9a-fA-F]{3}){1,2}$/
/** Keys of a theme that hold no colour. */
const NO_COLOURS: ReadonlySet<string> = new Set(['type', 'codeTheme', 'image'])

/** The preference as it is stored. Throws 400 for one that cannot be (limits: behaviours.md §18). */
export function checkedPreference(preference: Preference): Preference {
  const { category, name, value } = preference
  if (category === '' || Buffer.byteLength(category) > MAX_KEY_BYTES) {
    throw preferenceError('model.preference.is_valid.category.app_error')
  }
  if (Buffer.byteLength(name) > MAX_KEY_BYTES) throw preferenceError('model.preference.is_valid.name.app_error')
  if (value.length > MAX_VALUE && runes(value) > MAX_VALUE) {
    throw preferenceError('model.preference.is_valid.value.app_error')
  }
  if (category === 'theme') return { ...preference, value: checkedTheme(value) }
  if (category === 'sidebar_settings' && name === 'limit_visible_dms_gms') checkVisibleDirects(value)
  return preference
}

/** Clients put theme values into style sheets: anything that is no colour becomes white, as in the reference. */
function checkedTheme(value: string): string {
  let theme: unknown
  try {
    theme = JSON.parse(value)
  } catch {
    throw preferenceError('model.preference.is_valid.theme.app_error')
  }
  const isObject = typeof theme === 'object' && theme !== null && !Array.isArray(theme)
  if (!isObject || Object.values(theme as object).some((one) => typeof one !== 'string')) {
    throw preferenceError('model.preference.is_valid.theme.app_error')
  }
  const entries = Object.entries(theme as Record<string, string>)
  if (entries.every(([key, colour]) => NO_COLOURS.has(key) || COLOUR.test(colour))) return value
  const safe = entries.map(([key, colour]) => [key, NO_COLOURS.has(key) || COLOUR.test(colour) ? colour : '#ffffff'])
  return JSON.stringify(Object.fromEntries(safe))
}

function checkVisibleDirects(value: string): void {
  const limit = /^\d{1,3}$/.test(value) ? Number(value) : 0
  if (limit < 1 || limit > 40) throw preferenceError('model.preference.is_valid.limit_visible_dms_gms.app_error')
}
