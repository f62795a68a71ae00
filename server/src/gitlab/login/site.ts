import type { App } from '../../app.ts'
import type { Call } from '../../http/route.ts'
import { overTls } from '../../http/session-cookies.ts'

/** Where people reach this server. */
export interface Site {
  /** without a slash at the end */
  readonly url: string
  readonly origin: string
  /** '' or the path below which everything lies */
  readonly path: string
}

/** SiteURL, or the address of the request while none is set. */
export function siteOf(app: Pick<App, 'config'>, request: Call['request']): Site {
  const configured = app.config.get().ServiceSettings.SiteURL.trim()
  const text = URL.canParse(configured) ? configured : `${overTls(request) ? 'https' : 'http'}://${request.host}`
  const { origin, pathname } = new URL(text)
  const path = pathname.replace(/\/+$/, '')
  return { url: origin + path, origin, path }
}

/** The address that GitLab sends people back to; the same in both requests to GitLab, whatever alias is used here. */
export const redirectUri = (site: Site): string => `${site.url}/signup/gitlab/complete`

/**
 * Where `redirect_to` leads, as a whole address of this site, or null for anything else. Browsers read `\` as `/`, skip
 * tabs and take `https:x` for a path, each of which an attacker could use to lead people to a page of his own.
 */
export function targetOf(site: Site, text: string): string | null {
  if (/[\\\s\p{Cc}]/u.test(text)) return null
  const scheme = /^[a-z][a-z0-9+.-]*:/i.test(text)
  if (scheme && !/^https?:\/\/[^/]/i.test(text)) return null
  if (text.startsWith('//')) return null
  const url = URL.parse(scheme ? text : site.origin + below(site, text))
  if (!url || url.origin !== site.origin || url.username || url.password) return null
  // `/..` and `/.//` are resolved by now.
  if (!isBelow(site, url.pathname) || url.pathname.startsWith('//')) return null
  return url.href
}

function below(site: Site, relative: string): string {
  const path = relative.startsWith('/') ? relative : `/${relative}`
  return isBelow(site, path) ? path : site.path + path
}

const isBelow = (site: Site, path: string): boolean =>
  path === site.path || path.startsWith(`${site.path}/`) || (site.path !== '' && path.startsWith(`${site.path}?`))

/** Whether an address begins with the scheme of an app that may ask for a sign-in. */
export function isAppAddress(app: Pick<App, 'config'>, address: string): boolean {
  return schemesOf(app).some((scheme) => address.toLowerCase().startsWith(scheme))
}

/** Whether an address is the one of an app at which it takes its session over. */
export function isAppCallback(app: Pick<App, 'config'>, address: string): boolean {
  return schemesOf(app).some((scheme) => address.toLowerCase() === `${scheme}callback`)
}

function schemesOf(app: Pick<App, 'config'>): string[] {
  const schemes = app.config.get().NativeAppSettings.AppCustomURLSchemes.map((scheme) => scheme.toLowerCase())
  return schemes.filter(
    (scheme) => /^[a-z][a-z0-9+.-]*:\/\/$/.test(scheme) && !/^(https?|javascript|data):/.test(scheme),
  )
}
