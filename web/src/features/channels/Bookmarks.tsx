import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { api, request } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Bookmark } from '../../store/entities.ts'
import type { Id } from '../../store/state.ts'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { File, Link, Trash2 } from '../../ui/icons.ts'
import { MenuItem } from '../../ui/Menu.tsx'
import css from './ChannelHeader.module.css'

/** What the channel keeps at hand: links and files, in the order of the channel. */
export function Bookmarks({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const bookmarks = useStore(useShallow((state) => Object.values(state.bookmarks[channelId] ?? {})))
  if (bookmarks.length === 0) return null
  const label = t('channels.bookmarks', 'Bookmarks')
  const items = (target: Element): ReactNode => {
    const id = target.closest('[data-bookmark]')?.getAttribute('data-bookmark')
    if (!id) return null
    const remove = (): void => void request('DELETE', `/channels/${channelId}/bookmarks/${id}`).catch(showFailure)
    return (
      <MenuItem icon={Trash2} danger onAction={remove}>
        {t('channels.remove_bookmark', 'Remove bookmark')}
      </MenuItem>
    )
  }
  return (
    <ContextMenu label={label} items={items}>
      <nav className={css['bookmarks']} aria-label={label}>
        {bookmarks
          .toSorted((a, b) => a.sort_order - b.sort_order)
          .map((bookmark) => (
            <a
              key={bookmark.id}
              className={css['bookmark']}
              data-bookmark={bookmark.id}
              href={addressOf(bookmark)}
              target="_blank"
              rel="noreferrer"
            >
              {bookmark.emoji ? (
                <span aria-hidden>{bookmark.emoji}</span>
              ) : (
                <Icon icon={bookmark.type === 'file' ? File : Link} size="s" />
              )}
              {bookmark.display_name}
            </a>
          ))}
      </nav>
    </ContextMenu>
  )
}

/** Only addresses of the web are followed, whatever somebody saved. */
function addressOf(bookmark: Bookmark): string {
  if (bookmark.type === 'file' && bookmark.file_id) return api.getFileRoute(bookmark.file_id)
  return /^https?:\/\//i.test(bookmark.link_url ?? '') ? bookmark.link_url! : '#'
}
