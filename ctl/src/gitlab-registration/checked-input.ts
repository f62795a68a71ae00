import { DEFAULT_NAME, DEFAULT_SCOPES, RegistrationError } from './registration.ts'
import type { RegistrationRequest } from './registration.ts'
import { formOf } from './secrets.ts'

/** A request with its defaults; '' for an id or secret that does not exist yet. */
export interface CheckedInput {
  readonly id: string
  readonly secret: string
  readonly name: string
  readonly scopes: string
}

/**
 * Refuses what GitLab would store and never accept again, or what could not stand in a settings file. Values are not
 * repeated in the message: one of them is a secret.
 */
export function checkedInput(request: Omit<RegistrationRequest, 'siteUrl'>): CheckedInput {
  const { id = '', secret = '', name = DEFAULT_NAME, scopes = DEFAULT_SCOPES } = request
  if (id && !/^[\x21-\x7e]{8,255}$/.test(id)) {
    throw new RegistrationError('input', bad('id', '8 to 255 visible ASCII characters'))
  }
  if (secret && !/^[\x21-\x7e]{8,255}$/.test(secret)) {
    throw new RegistrationError('input', bad('secret', '8 to 255 visible ASCII characters'))
  }
  if (secret && formOf(secret) !== 'plain') {
    const why =
      'is the hash that GitLab stores, not the secret itself; GitLab would refuse it. Remove it from the settings to get a new one'
    throw new RegistrationError('input', `The application's secret ${why}.`)
  }
  if (!/^[^\p{Cc}]{1,255}$/u.test(name) || name.trim() === '') {
    throw new RegistrationError('input', bad('name', '1 to 255 characters without line breaks'))
  }
  const list = scopes.trim().split(/\s+/)
  if (!list.every((scope) => /^[a-z_]{1,64}$/.test(scope))) {
    throw new RegistrationError('input', bad('list of scopes', 'words like read_user, separated by spaces'))
  }
  return { id, secret, name, scopes: list.join(' ') }
}

const bad = (what: string, rule: string): string => `The application's ${what} is not usable. It must be ${rule}.`
