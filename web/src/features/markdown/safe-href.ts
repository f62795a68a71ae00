const BUILT_IN = ['http', 'https', 'ftp', 'mailto', 'tel']

/** Where a link leads: an address outside, or a path below the address of this site. */
export type SafeLink = { href: string; path: string | null }

/** Paths of the site that are no page of the client. */
const NOT_PAGES = /^\/(?:api|plugins|files|static|oauth|hooks|login\/sso|signup|_matrix)(?:\/|$)/i

/**
 * The address a link may lead to, null when it must stay text: another scheme than http, https, ftp, mailto, tel and those
 * of the server's CustomURLSchemes (`javascript:` and `data:` cannot be among them). Without a scheme, `/path` is one of
 * this site and anything else a host. `path` is set for pages of this site, so that they open in place.
 */
export function safeHref(url: string, siteURL: string, urlSchemes: readonly string[] = []): SafeLink | null {
  const written = clean(url)
  if (written === '' || written.startsWith('#') || written.startsWith('?')) return null
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))/i.exec(written)?.[1]?.toLowerCase()
  if (scheme !== undefined && !isAllowed(scheme, urlSchemes)) return null
  const site = parsed(siteURL)
  const target = parsed(scheme === undefined ? withScheme(written, site) : written)
  if (!target || (scheme === undefined ? !/^https?:$/.test(target.protocol) : target.protocol !== `${scheme}:`))
    return null
  return { href: target.href, path: site && pathOnSite(target, site) }
}

/**
 * The address an image may be loaded from: http, https or a path of this site. Anything else, `data:` above all, is null.
 */
export function safeImageSource(url: string, siteURL: string): string | null {
  const link = safeHref(url, siteURL)
  return link && /^https?:/i.test(link.href) ? link.href : null
}

/** Browsers drop blanks and control characters within a scheme, so nobody may hide one behind them. */
function clean(url: string): string {
  return url
    .replaceAll('&amp;', '&')
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .trim()
}

function isAllowed(scheme: string, more: readonly string[]): boolean {
  if (/^(?:javascript|vbscript|data|blob|file|about|view-source|filesystem)$/.test(scheme)) return false
  return BUILT_IN.includes(scheme) || more.includes(scheme)
}

function withScheme(written: string, site: URL | null): string {
  if (/^[/\\]{2}/.test(written)) return `https:${written}`
  if (!written.startsWith('/') && !written.startsWith('\\')) return `http://${written}`
  return site ? site.origin + written : ''
}

function parsed(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null
}

function pathOnSite(target: URL, site: URL): string | null {
  const base = site.pathname.replace(/\/+$/, '')
  if (target.origin !== site.origin || target.username !== '') return null
  if (target.pathname !== base && !target.pathname.startsWith(`${base}/`)) return null
  const path = target.pathname.slice(base.length) || '/'
  return NOT_PAGES.test(path) ? null : path + target.search + target.hash
}
