import { basePath } from '../../client/base-path.ts'

/** A path of this site that a query names, or ''. Anything else (`//evil`, `javascript:`, another site) is not followed. */
export function ownPath(wanted: string | null): string {
  if (!wanted) return ''
  const root = `${location.origin}${basePath}`
  const relative = wanted.startsWith(`${root}/`) ? wanted.slice(root.length) : wanted
  if (!/^\/(?![/\\])/.test(relative) || /[\\\p{Cc}]/u.test(relative)) return ''
  const url = new URL(relative, location.origin)
  return url.origin === location.origin ? url.pathname + url.search + url.hash : ''
}

/** Starts the client anew at a path, with whatever session there is now. */
export const enter = (path: string): void => location.assign(`${basePath}${path || '/'}`)
