/** The path below which the site lives, '' or for example '/chat'; the server writes it into the page. */
export const basePath: string = document.documentElement.dataset['base'] ?? ''

/** An address of this site, with its path. */
export const siteAddress = (path: string): string => `${location.origin}${basePath}${path}`
