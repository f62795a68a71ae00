/** The path below which the site lives, '' or for example '/chat'; the server writes it into the page. */
export const basePath: string = document.documentElement.dataset['base'] ?? ''

const site = location.origin + basePath

/** An address of this site, with its path. */
export const siteAddress = (path: string): string => site + path
