import type { ReactNode } from 'react'

export type TooltipSide = 'top' | 'bottom' | 'left' | 'right'

/**
 * Attributes that give an element a tooltip; TooltipLayer shows it. The element must take focus, or the text must be
 * one that nobody misses.
 */
export const tooltip = (
  text: string,
  more: { shortcut?: string; side?: TooltipSide } = {},
): Record<string, string> => ({
  'data-tip': text,
  ...(more.shortcut && { 'data-tip-keys': more.shortcut }),
  ...(more.side && { 'data-tip-side': more.side }),
})

/** A short text beside what it wraps, on hover and on keyboard focus. */
export function Tooltip(props: {
  text: string
  shortcut?: string
  side?: TooltipSide
  children: ReactNode
}): ReactNode {
  return (
    <span style={{ display: 'contents' }} {...tooltip(props.text, props)}>
      {props.children}
    </span>
  )
}
