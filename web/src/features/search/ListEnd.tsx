import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import css from './Search.module.css'
import type { Pages } from './use-pages.ts'

/** The end of a list that goes on: loads more when it comes near, and says when that did not work. */
export function ListEnd<T>({ pages }: { pages: Pages<T> }): ReactNode {
  const t = useText()
  const mark = useRef<HTMLDivElement>(null)
  const { more, loading, complete, error } = pages
  useEffect(() => {
    if (!mark.current || loading || complete || error) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), {
      // The margin counts only for the element that scrolls.
      root: mark.current.parentElement,
      rootMargin: '600px',
    })
    observer.observe(mark.current)
    return () => observer.disconnect()
  }, [more, loading, complete, error])
  if (error) {
    return (
      <ErrorNotice
        className={css['failure']}
        title={error}
        action={{ label: t('shell.try_again', 'Try again'), onPress: more, pending: loading }}
      />
    )
  }
  return (
    <div ref={mark} className={css['end']}>
      {loading && <Skeleton avatar={36} lines={2} />}
    </div>
  )
}
