import type { MouseEvent, ReactNode, TouchEvent } from 'react'
import { getState } from '../../../client/store.ts'
import { openDialog } from '../../../shell/dialogs.tsx'
import { useText } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'
import { ContextMenu } from '../../../ui/ContextMenu.tsx'
import type { Place } from '../post/place.ts'
import { rightsOf } from './post-rights.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'

const PostSheet = lazyPart(() => import('./PostSheet.tsx'))
const LazyItems = lazyPart(async () => ({ default: (await import('./PostMenuItems.tsx')).PostMenuItems }))

interface Props {
  readonly place: Place
  readonly className?: string
  readonly children: ReactNode
}

const isTouch = (): boolean => matchMedia('(pointer: coarse)').matches

/** What has a menu of the browser that people want: links, pictures, fields, chosen text. */
const OWN_MENU = 'a, img, video, audio, input, textarea, select'

/** One menu for all posts of a list: by right click and the menu key beside the pointer, by a long press as a sheet. */
export function PostMenuArea({ place, className, children }: Props): ReactNode {
  const t = useText()
  const items = (target: Element): ReactNode => {
    const post = postOf(target)
    if (!post) return null
    if (isTouch()) {
      openSheet(post, place)
      return null
    }
    if (target.closest(OWN_MENU) || document.getSelection()?.toString()) return null
    return <LazyItems post={post} place={place} />
  }
  const onContextMenuCapture = (event: MouseEvent): void => {
    const post = isTouch() && event.target instanceof Element && postOf(event.target)
    if (!post) return
    event.preventDefault()
    event.stopPropagation()
    openSheet(post, place)
  }
  // The finger that opened the sheet lies over it: lifted, it would press what is below, or close it again.
  const onTouchEndCapture = (event: TouchEvent): void => {
    if (isOpen) event.preventDefault()
  }
  return (
    <div className={className} onContextMenuCapture={onContextMenuCapture} onTouchEndCapture={onTouchEndCapture}>
      <ContextMenu label={t('posts.actions', 'Message actions')} items={items} className={className}>
        {children}
      </ContextMenu>
    </div>
  )
}

function postOf(target: Element): Post | undefined {
  const id = target.closest<HTMLElement>('[data-post-id]')?.dataset['postId']
  const post = id ? getState().posts[id] : undefined
  return post && (rightsOf(getState(), post).isReal || post.type === 'system_ephemeral') ? post : undefined
}

let isOpen = false

/** A long press tells itself twice on some devices. */
function openSheet(post: Post, place: Place): void {
  if (isOpen) return
  isOpen = true
  openDialog((close) => (
    <PostSheet
      post={post}
      place={place}
      onClose={() => {
        isOpen = false
        close()
      }}
    />
  ))
}
