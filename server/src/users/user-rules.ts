import { invalidBody } from '../http/errors.ts'
import { userError } from './users.errors.ts'

/** What the owner of an account (or an administrator) decides about it. */
export interface Profile {
  readonly username: string
  readonly email: string
  readonly nickname: string
  readonly first_name: string
  readonly last_name: string
  readonly position: string
  readonly locale: string
  readonly timezone: Readonly<Record<string, string>>
  readonly props: Readonly<Record<string, string>>
  readonly notify_props: Readonly<Record<string, string>>
}

/** What a new account tells its owner about (schema-notes §4). */
export const DEFAULT_NOTIFY_PROPS: Readonly<Record<string, string>> = {
  email: 'true',
  push: 'mention',
  desktop: 'mention',
  desktop_sound: 'true',
  mention_keys: '',
  channel: 'true',
  push_status: 'online',
  comments: 'never',
  first_name: 'false',
  desktop_threads: 'all',
  email_threads: 'all',
  push_threads: 'all',
}

export const DEFAULT_TIMEZONE: Readonly<Record<string, string>> = {
  useAutomaticTimezone: 'true',
  automaticTimezone: '',
  manualTimezone: '',
}

/** Names that mean something else in a mention. */
const RESERVED = new Set(['all', 'channel', 'here', 'matterbot', 'system'])
const runes = (text: string): number => [...text].length

/** Whether an account may get this name: 1 to 64 of `a-z 0-9 . _ -`, and not what a mention of many is called. */
export const validUsername = (name: string): boolean => /^[a-z0-9._-]{1,64}$/.test(name) && !RESERVED.has(name)

/** One address, in lower case, without anything that means more in a mail header. */
export const validEmail = (email: string): boolean =>
  email.length <= 128 &&
  email === email.toLowerCase() &&
  /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]+@[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]+$/u.test(email)

/** Whether a text looks like a language with or without a country (`ko`, `pt-BR`), known here or not. */
export const validLocale = (locale: string): boolean =>
  /^[a-zA-Z]{2,3}(-[a-zA-Z]{2})?$/.test(locale) && locale.length <= 5

/**
 * Throws 400 for the first field that breaks a rule (errors.md "Limits"). `kept`: the account as it is; a name that
 * the rules of today would refuse may stay.
 */
export function checkProfile(profile: Profile, kept?: Profile): void {
  if (profile.username !== kept?.username && !validUsername(profile.username)) {
    throw userError('model.user.is_valid.username.app_error')
  }
  if (profile.email !== kept?.email && !validEmail(profile.email))
    throw userError('model.user.is_valid.email.app_error')
  if (runes(profile.nickname) > 64) throw userError('model.user.is_valid.nickname.app_error')
  if (runes(profile.first_name) > 64) throw userError('model.user.is_valid.first_name.app_error')
  if (runes(profile.last_name) > 64) throw userError('model.user.is_valid.last_name.app_error')
  if (runes(profile.position) > 128) throw userError('model.user.is_valid.position.app_error')
  if (profile.locale !== kept?.locale && !validLocale(profile.locale)) {
    throw userError('model.user.is_valid.locale.app_error')
  }
  if (JSON.stringify(profile.timezone).length > 256) throw invalidBody('timezone')
  // Everyone who sees the user gets his props with each list: an attacker could make all clients slow.
  if (JSON.stringify(profile.props).length > 16_000) throw invalidBody('props')
  if (JSON.stringify(profile.notify_props).length > 16_000) throw invalidBody('notify_props')
}

/** mention_keys without blanks and, after a rename, without the name that is no longer the user's. */
export function tidyMentionKeys(
  notifyProps: Readonly<Record<string, string>>,
  oldUsername?: string,
): Readonly<Record<string, string>> {
  const keys = notifyProps.mention_keys
  if (!keys) return notifyProps
  const stale = new Set(oldUsername ? [oldUsername, `@${oldUsername}`] : [])
  const kept = keys
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '' && !stale.has(key))
  return { ...notifyProps, mention_keys: kept.join(',') }
}
