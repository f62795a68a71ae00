import type { DragEvent } from 'react'
import type { Id } from '../../store/state.ts'

const CHANNEL = 'application/x-outpost-channel'
const CATEGORY = 'application/x-outpost-category'

/** What is being dragged: a channel, or a category by its heading. */
export type Dragged = { readonly channelId: Id } | { readonly categoryId: Id }

/** Begins to drag. */
export function startDrag(event: DragEvent, what: Dragged): void {
  event.dataTransfer.effectAllowed = 'move'
  if ('channelId' in what) event.dataTransfer.setData(CHANNEL, what.channelId)
  else event.dataTransfer.setData(CATEGORY, what.categoryId)
}

/** Lets this place take what is dragged over it; other things, such as files, are not for the sidebar. */
export function allowDrop(event: DragEvent): void {
  if (event.dataTransfer.types.some((type) => type === CHANNEL || type === CATEGORY)) event.preventDefault()
}

/** What was dropped, if it is something of the sidebar. */
export function dropped(event: DragEvent): Dragged | undefined {
  const channelId = event.dataTransfer.getData(CHANNEL)
  const categoryId = event.dataTransfer.getData(CATEGORY)
  if (!channelId && !categoryId) return undefined
  event.preventDefault()
  event.stopPropagation()
  return channelId ? { channelId } : { categoryId }
}
