import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Kbd } from './Kbd.tsx'
import { placeBeside } from './place-beside.ts'
import type { TooltipSide } from './Tooltip.tsx'
import styles from './TooltipLayer.module.css'

/** Milliseconds of rest before the first tooltip, and how long after one the next comes at once. */
const DELAY = 500
const WARM = 300
/** Time to move from the element onto its tooltip. */
const GRACE = 120

type Shown = { anchor: HTMLElement; text: string; keys?: string; side: TooltipSide }

function tipAt(target: EventTarget | null): Shown | undefined {
  const owner = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
  const anchor = owner && getComputedStyle(owner).display === 'contents' ? owner.firstElementChild : owner
  if (!owner || !(anchor instanceof HTMLElement) || anchor.getAttribute('aria-expanded') === 'true') return undefined
  const { tip, tipKeys, tipSide } = owner.dataset
  return tip ? { anchor, text: tip, keys: tipKeys, side: (tipSide as TooltipSide | undefined) ?? 'top' } : undefined
}

/** Listens to the whole page, so that thousands of buttons need no listener of their own. */
function watch(tip: HTMLElement, show: (shown: Shown | undefined) => void): () => void {
  let timer = 0
  let lastHidden = 0
  let current: Shown | undefined
  const set = (next: Shown | undefined, delay: number): void => {
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      if (current && !next) lastHidden = performance.now()
      current = next
      show(next)
    }, delay)
  }
  const hide = (): void => set(undefined, 0)
  // It follows its element: the focus may have scrolled it into view a moment ago.
  const scrolled = (): void => {
    if (current) show({ ...current })
  }
  const over = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' || tip.contains(event.target as Node)) return clearTimeout(timer)
    const next = tipAt(event.target)
    if (next?.anchor === current?.anchor && next?.text === current?.text) return clearTimeout(timer)
    if (!next) return set(undefined, current ? GRACE : 0)
    set(next, current || performance.now() - lastHidden < WARM ? 0 : DELAY)
  }
  const focus = (event: FocusEvent): void => {
    const target = event.target as Element
    set(target.matches(':focus-visible') ? tipAt(target) : undefined, 0)
  }
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') hide()
  }
  const off = new AbortController()
  const options = { signal: off.signal, capture: true, passive: true }
  document.addEventListener('pointerover', over, options)
  document.addEventListener('focusin', focus, options)
  document.addEventListener('focusout', hide, options)
  document.addEventListener('pointerdown', hide, options)
  document.addEventListener('keydown', key, options)
  document.addEventListener('scroll', scrolled, options)
  return () => {
    off.abort()
    clearTimeout(timer)
  }
}

/** The one place where tooltips appear; UiProvider has it. */
export function TooltipLayer(): ReactNode {
  const [shown, setShown] = useState<Shown>()
  const tip = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => watch(tip.current!, setShown), [])
  useLayoutEffect(() => {
    const element = tip.current!
    if (!shown?.anchor.isConnected) return element.hidePopover()
    element.showPopover()
    placeBeside(element, shown.anchor, shown.side)
    // The name of a button is already said; another text describes it.
    if (shown.anchor.ariaLabel === shown.text || shown.anchor.hasAttribute('aria-describedby')) return
    shown.anchor.setAttribute('aria-describedby', id)
    return () => shown.anchor.removeAttribute('aria-describedby')
  }, [shown, id])
  return (
    <div ref={tip} id={id} role="tooltip" popover="manual" data-react-aria-top-layer className={styles.tip}>
      {shown?.text}
      {shown?.keys && <Kbd keys={shown.keys} className={styles.keys} />}
    </div>
  )
}
