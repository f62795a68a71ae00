/** The path below which the site lives: '' for https://chat.example.com, '/chat' for https://example.com/chat. */
export function sitePath(siteUrl: string): string {
  return URL.canParse(siteUrl) ? new URL(siteUrl).pathname.replace(/\/+$/, '') : ''
}

/** An address as the routes know it, without the path of the site. */
export function withoutSitePath(url: string, path: string): string {
  if (!path || !url.startsWith(path)) return url
  const rest = url.slice(path.length)
  if (rest === '' || rest.startsWith('?')) return `/${rest}`
  return rest.startsWith('/') ? rest : url
}
