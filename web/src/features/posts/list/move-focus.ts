import type { KeyboardEvent } from 'react'

const POST = '[data-post-id][tabindex]'

/** Arrow keys go from post to post while a post, or the list itself, has the focus. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, list: HTMLElement): void {
  const target = event.target as HTMLElement
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
  if (step === 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  if (target !== list && !target.matches(POST)) return
  const posts = [...list.querySelectorAll<HTMLElement>(POST)]
  const at = target === list ? (step < 0 ? posts.length : -1) : posts.indexOf(target)
  const next = target === list ? lastVisible(posts, list) : posts[at + step]
  if (!next) return
  event.preventDefault()
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'nearest' })
}

function lastVisible(posts: readonly HTMLElement[], list: HTMLElement): HTMLElement | undefined {
  const { bottom } = list.getBoundingClientRect()
  return posts.findLast((post) => post.getBoundingClientRect().bottom <= bottom + 1) ?? posts.at(-1)
}
