import { RegistrationError } from './registration.ts'

const PATHS = ['/signup/gitlab/complete', '/login/gitlab/complete']

/**
 * The two addresses that GitLab may send people back to, the one in use first. GitLab compares letter by letter, so
 * slashes at the end of the site's address, double ones and a default port are removed. Throws RegistrationError for
 * what is not the address of a site.
 */
export function callbackUris(siteUrl: string): string[] {
  const base = siteBase(siteUrl)
  return PATHS.map((path) => base + path)
}

function siteBase(siteUrl: string): string {
  const say = (why: string): RegistrationError =>
    new RegistrationError(
      'site_url',
      `The address of the chat server, ${JSON.stringify(siteUrl.slice(0, 200))}, ${why}. Give it like https://chat.example.com.`,
    )
  if (/[\s\p{Cc}\\]/u.test(siteUrl)) throw say('contains blanks, control characters or backslashes')
  const url = /^https?:\/\/[^/]/i.test(siteUrl) ? URL.parse(siteUrl) : null
  if (!url) throw say('is not an http or https address')
  if (url.username || url.password) throw new RegistrationError('site_url', CREDENTIALS)
  if (/[?#]/.test(siteUrl)) throw say('has a query or a fragment')
  return url.origin + url.pathname.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '')
}

const CREDENTIALS =
  'The address of the chat server contains a user name or password; remove it. Give it like https://chat.example.com.'

/** The addresses of an application: GitLab separates them by any blank. */
export const urisOf = (text: string): string[] => text.split(/\s+/).filter(Boolean)

/** As GitLab's own form stores a list of addresses. */
export const joinUris = (uris: readonly string[]): string => uris.join('\r\n')

/** Whether an address is one at which a chat server ends its sign-in, whichever server that is. */
export function isCallback(uri: string): boolean {
  const path = URL.parse(uri)?.pathname.replaceAll(/\/{2,}/g, '/') ?? ''
  return PATHS.some((end) => path.endsWith(end))
}

/** An address with double slashes and upper-case hosts brought in order, to recognise what was stored carelessly. */
export function normalUri(uri: string): string {
  const url = URL.parse(uri)
  return url ? url.origin + url.pathname.replaceAll(/\/{2,}/g, '/') + url.search : uri
}
