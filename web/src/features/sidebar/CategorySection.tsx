import { memo, useState } from 'react'
import type { DragEvent, ReactNode } from 'react'
import { getState } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { openDialog } from '../../shell/dialogs.tsx'
import type { Category } from '../../store/entities.ts'
import type { Id } from '../../store/state.ts'
import type { SidebarGroup } from '../../store/sidebar.ts'
import { useStore } from '../../client/store.ts'
import { usePlace } from '../../shell/place.ts'
import { unreadOf } from '../../store/unread.ts'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ChevronDown, Plus } from '../../ui/icons.ts'
import { showFailure } from '../../shell/failure.ts'
import { NewMessageDialog } from '../channels/dialogs.ts'
import { changeCategory, moveCategory, moveChannel } from './categories.ts'
import { categoryName } from './category-name.ts'
import { CategoryMenu } from './CategoryMenu.tsx'
import { ChannelRow } from './ChannelRow.tsx'
import { allowDrop, dropped, startDrag } from './drag.ts'
import css from './Sidebar.module.css'

interface Props {
  readonly group: SidebarGroup
}

/** One heading with its channels. Closed, it still shows what is unread and the channel in view. */
export const CategorySection = memo(function CategorySection({ group: { category, channelIds } }: Props): ReactNode {
  const t = useText()
  const [over, setOver] = useState(false)
  const closed = category.collapsed
  const current = usePlace((place) => (closed ? place.channelId : ''))
  const unread = useStore((state) => channelIds.filter((id) => unreadOf(state, id).unread).join(' '))
  const shown = closed ? channelIds.filter((id) => id === current || unread.includes(id)) : channelIds
  // What everybody has is shown only when something is in it, except where people begin.
  if (category.type === 'favorites' && channelIds.length === 0) return null
  const onDrop = (event: DragEvent): void => {
    setOver(false)
    void drop(event, category, placeIn(event, channelIds)).catch(showFailure)
  }
  return (
    <section
      className={cx(css['category'], over && css['over'])}
      aria-label={categoryName(t, category)}
      onDragOver={(event) => (allowDrop(event), setOver(event.defaultPrevented))}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Heading category={category} />
      <ul>
        {shown.map((id) => (
          <ChannelRow key={id} channelId={id} teamId={category.team_id} />
        ))}
      </ul>
    </section>
  )
}, sameGroup)

/** Groups are made anew whenever another channel comes into view; most of them hold the same as before. */
function sameGroup({ group: a }: Props, { group: b }: Props): boolean {
  return a.category === b.category && a.channelIds.join() === b.channelIds.join()
}

function Heading({ category }: { category: Category }): ReactNode {
  const t = useText()
  const toggle = (): void => void changeCategory(category, { collapsed: !category.collapsed }).catch(showFailure)
  const isDirect = category.type === 'direct_messages'
  return (
    <h2 className={css['heading']} draggable onDragStart={(event) => startDrag(event, { categoryId: category.id })}>
      <button type="button" className={css['toggle']} aria-expanded={!category.collapsed} onClick={toggle}>
        <Icon icon={ChevronDown} size="s" className={css['chevron']} />
        {categoryName(t, category)}
      </button>
      <span className={css['tools']}>
        <CategoryMenu category={category} />
        {isDirect && (
          <IconButton
            size="s"
            icon={Plus}
            label={t('sidebar.new_message', 'Write to somebody')}
            onPress={() => openDialog((close) => <NewMessageDialog teamId={category.team_id} onClose={close} />)}
          />
        )}
      </span>
    </h2>
  )
}

/** Before which channel something was dropped; undefined beside them all. */
function placeIn({ target }: DragEvent, channelIds: readonly Id[]): number | undefined {
  const row = target instanceof Element ? target.closest('li')?.querySelector('[data-channel]') : undefined
  const at = channelIds.indexOf(row?.getAttribute('data-channel') ?? '')
  return at < 0 ? undefined : at
}

async function drop(event: DragEvent, category: Category, at: number | undefined): Promise<void> {
  const what = dropped(event)
  if (!what) return
  if ('channelId' in what) return moveChannel(what.channelId, category, at)
  const order = getState().categoryOrder[category.team_id] ?? []
  return moveCategory(category.team_id, what.categoryId, order.indexOf(category.id))
}
