import { useEffect, useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { layText } from './pdf.ts'
import type { PDFDocumentProxy } from './pdf.ts'
import type { Size } from './zoom.ts'
import css from './Viewer.module.css'

interface Props {
  readonly document: PDFDocumentProxy
  /** from 1 */
  readonly number: number
  /** its size at scale 1 until it is known */
  readonly guess: Size
  readonly label: string
  readonly scroller: RefObject<HTMLDivElement | null>
}

/** Canvases of more pixels are refused by browsers. */
const MOST_PIXELS = 4_096 * 4_096

/** One page: drawn while it is in or near the window, else only its space. */
export function PdfPage({ document, number, guess, label, scroller }: Props): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const words = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(false)
  const [size, setSize] = useState(guess)
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      root: scroller.current,
      rootMargin: '100% 0px',
    })
    observer.observe(box.current!)
    return () => observer.disconnect()
  }, [scroller])
  useEffect(() => {
    const surface = canvas.current
    if (!near || !surface) return
    let cancel = (): void => undefined
    let here = true
    const draw = async (): Promise<void> => {
      const page = await document.getPage(number)
      const natural = page.getViewport({ scale: 1 })
      if (!here) return
      setSize({ width: natural.width, height: natural.height })
      const width = box.current!.clientWidth
      const scale = width / natural.width
      const sharp = Math.min(devicePixelRatio, Math.sqrt(MOST_PIXELS / (natural.width * natural.height)) / scale)
      const viewport = page.getViewport({ scale: scale * sharp })
      Object.assign(surface, { width: Math.floor(viewport.width), height: Math.floor(viewport.height) })
      const task = page.render({ canvas: surface, viewport })
      cancel = () => task.cancel()
      await task.promise
      if (here && words.current) await layText(page, words.current, scale)
    }
    // A page that cannot be drawn stays white; the others are not its fault.
    draw().catch(() => undefined)
    return () => {
      here = false
      cancel()
      // The memory of a canvas is given back when it has no size.
      surface.width = 0
    }
  }, [near, document, number])
  return (
    <div
      ref={box}
      role="region"
      aria-label={label}
      className={css['page']}
      style={{ aspectRatio: `${size.width} / ${size.height}` }}
    >
      {near && (
        <>
          <canvas ref={canvas} />
          <div ref={words} className={css['words']} />
        </>
      )}
    </div>
  )
}
