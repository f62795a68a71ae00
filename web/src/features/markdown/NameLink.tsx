import type { MouseEvent, ReactNode } from 'react'

/** A name in a text that can be pressed; the browser's ways to open a tab of its own work where it has an address. */
export function NameLink(props: {
  href?: string
  onPress?: (element: Element) => void
  className?: string
  children: ReactNode
}): ReactNode {
  const { href, onPress, className, children } = props
  if (!onPress) return <span className={className}>{children}</span>
  const click = (event: MouseEvent<HTMLElement>): void => {
    if (href && (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) return
    event.preventDefault()
    onPress(event.currentTarget)
  }
  if (href) {
    return (
      <a href={href} className={className} onClick={click}>
        {children}
      </a>
    )
  }
  return (
    <a
      role="button"
      tabIndex={0}
      className={className}
      onClick={click}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        onPress(event.currentTarget)
      }}
    >
      {children}
    </a>
  )
}
