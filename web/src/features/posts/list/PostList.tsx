import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactElement, ReactNode, Ref } from 'react'
import { Virtualizer } from 'virtua'
import type { VirtualizerHandle } from 'virtua'
import { useCompact } from '../post/density.ts'
import { moveFocus } from './move-focus.ts'
import { knownHeights, rememberHeights } from './row-heights.ts'
import type { Row } from './rows.ts'
import css from './PostList.module.css'

/** px from an end at which more is loaded: about two screens. */
const NEAR = 1600
/** px above and below the view that are drawn too, once the list is there. */
const BUFFER = 400
/** px from the end within which the list follows new posts. */
const FOLLOWS = 32
/** ms in which all rows have found their new height after the list became narrower or wider */
const REFLOW = 500

export interface PostListHandle {
  scrollToEnd(): void
  /** the row into the middle of the view */
  scrollToRow(key: string): void
}

interface Props {
  /** which list it is: one that was open before opens without being measured */
  readonly id: string
  readonly rows: readonly Row[]
  readonly label: string
  /** above the first row, when the list begins there */
  readonly header?: ReactNode
  /** the row to open with, near the top or in the middle; absent: the end */
  readonly start?: { readonly key: string; readonly align: 'start' | 'center' }
  /** few posts stand at the top, as in a thread, not at the bottom */
  readonly fromTop?: boolean
  readonly renderRow: (row: Row) => ReactElement
  readonly onNearStart?: () => void
  readonly onNearEnd?: () => void
  /** called when the end comes into view or leaves it */
  readonly onAtEnd?: (atEnd: boolean) => void
  readonly ref?: Ref<PostListHandle>
}

type Item = Row | 'header' | 'end'
const keyOf = (item: Item): string => (typeof item === 'string' ? item : item.key)

/** A list of posts of any length: draws only what is in view, keeps what the reader looks at where it is, and follows new posts at its end. */
export function PostList({ id, rows, label, header, start, fromTop, renderRow, ref, ...events }: Props): ReactNode {
  const items: readonly Item[] = [...(header ? (['header'] as const) : []), ...rows, 'end']
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const state = useScrolling({ items, start, scroller, list, events })
  const heights = useHeights(id, items, list)
  useImperativeHandle(ref, () => ({
    scrollToEnd: () => toEnd(scroller.current),
    scrollToRow: (key) => {
      const at = items.findIndex((item) => keyOf(item) === key)
      if (at >= 0) list.current?.scrollToIndex(at, { align: 'center' })
    },
  }))
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => moveFocus(event, scroller.current!)
  return (
    <div
      ref={scroller}
      className={css['scroller']}
      role="region"
      aria-label={label}
      tabIndex={0}
      data-post-list
      data-density={useCompact() ? 'compact' : 'standard'}
      onKeyDown={onKeyDown}
    >
      {!fromTop && <div className={css['spacer']} />}
      <Virtualizer
        ref={list}
        scrollRef={scroller}
        data={items as Item[]}
        shift={state.shift}
        {...heights}
        bufferSize={useSettled() ? BUFFER : 0}
        onScroll={state.onScroll}
        onResize={state.onResize}
      >
        {(item) =>
          item === 'header' ? (
            <div key="header">{header}</div>
          ) : item === 'end' ? (
            <div key="end" className={css['end']} />
          ) : (
            renderRow(item)
          )
        }
      </Virtualizer>
    </div>
  )
}

/** Whether the list has been there for a moment: what is out of view can wait until the view is painted. */
function useSettled(): boolean {
  const [settled, setSettled] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 200)
    return () => clearTimeout(timer)
  }, [])
  return settled
}

/** The heights from the last time, and the way to remember them for the next. */
function useHeights(id: string, items: readonly Item[], list: Scrolling['list']) {
  const [known] = useState(() => knownHeights(id, items.map(keyOf)))
  const latest = useRef(items)
  useLayoutEffect(() => void (latest.current = items))
  useLayoutEffect(() => {
    const handle = list.current
    return () => {
      if (handle) rememberHeights(id, latest.current.map(keyOf), handle.cache)
    }
  }, [id, list])
  return known
}

interface Scrolling {
  readonly items: readonly Item[]
  readonly start: Props['start']
  readonly scroller: React.RefObject<HTMLElement | null>
  readonly list: React.RefObject<VirtualizerHandle | null>
  readonly events: Pick<Props, 'onNearStart' | 'onNearEnd' | 'onAtEnd'>
}

function useScrolling({ items, start, scroller, list, events }: Scrolling) {
  const before = useRef<readonly Item[]>([])
  const follows = useRef(start === undefined)
  const shift = isLongerAtStart(before.current, items)
  const report = useReport(list, scroller, events, follows)
  const opened = useRef(false)
  useLayoutEffect(() => {
    const handle = list.current
    if (!handle) return
    if (!opened.current) {
      opened.current = true
      const at = start ? items.findIndex((item) => keyOf(item) === start.key) : -1
      // Nothing is drawn yet: put at the end first, the list draws only what stands there.
      if (!start || at < 0) toEnd(scroller.current)
      else handle.scrollToIndex(at, { align: start.align, offset: start.align === 'start' ? -72 : 0 })
    } else if (follows.current && items.length !== before.current.length) toEnd(scroller.current)
    before.current = items
  })
  // A page that arrived may leave the view still near the end of what is loaded.
  const length = items.length
  useEffect(() => report(), [length, report])
  const onResize = useCallback(() => {
    if (follows.current) toEnd(scroller.current)
  }, [scroller])
  return { shift, onScroll: report, onResize }
}

/**
 * To the last row, in one step. The list's own way there tries again until everything is measured, and would take a reader
 * back who has begun to scroll.
 */
function toEnd(scroller: HTMLElement | null): void {
  if (scroller) scroller.scrollTop = scroller.scrollHeight
}

/** Tells the owner of the list where the view is. */
function useReport(
  list: Scrolling['list'],
  scroller: Scrolling['scroller'],
  events: Scrolling['events'],
  follows: React.RefObject<boolean>,
): () => void {
  const current = useRef(events)
  useEffect(() => void (current.current = events))
  const atEnd = useRef<boolean>(undefined)
  const last = useRef({ edge: 0, width: 0, reflowed: -REFLOW })
  return useCallback(() => {
    const handle = list.current
    const view = scroller.current
    if (!handle || !view || handle.viewportSize === 0) return
    const left = handle.scrollSize - handle.viewportSize - handle.scrollOffset
    const isAtEnd = left <= FOLLOWS
    const before = last.current
    const [width, edge] = [view.clientWidth, view.scrollTop + view.clientHeight]
    const reflowed = before.width > 0 && before.width !== width ? performance.now() : before.reflowed
    last.current = { edge, width, reflowed }
    // Lines that break elsewhere pushed the end away, not the reader.
    const isPushed = follows.current && edge >= before.edge && performance.now() - reflowed < REFLOW
    if (isPushed && !isAtEnd) return toEnd(view)
    follows.current = isAtEnd
    if (isAtEnd !== atEnd.current) current.current.onAtEnd?.(isAtEnd)
    atEnd.current = isAtEnd
    if (handle.scrollOffset < NEAR) current.current.onNearStart?.()
    if (left < NEAR) current.current.onNearEnd?.()
  }, [list, scroller, follows])
}

/** Older posts came in above: the list then keeps its distance from the end. */
function isLongerAtStart(before: readonly Item[], items: readonly Item[]): boolean {
  if (before.length === 0 || items.length <= before.length) return false
  const lastRow = (list: readonly Item[]): string => keyOf(list.at(-2) ?? 'end')
  return lastRow(before) === lastRow(items)
}
