import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { basePath, siteAddress } from '../client/base-path.ts'
import { goTo } from './navigate.ts'

interface Props extends Omit<ComponentProps<'a'>, 'href'> {
  /** below the site's address */
  readonly path: string
}

/** A link to a page of this site. Unlike those of the router it is not drawn anew whenever the address changes, so a list can have hundreds. */
export function PageLink({ path, onClick, ...props }: Props): ReactNode {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event)
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    const { pathname, search, hash } = location
    goTo(path, { replace: pathname + search + hash === basePath + path })
  }
  return <a {...props} href={siteAddress(path)} onClick={follow} />
}
