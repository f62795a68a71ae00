import type { ReactNode } from 'react'
import { request } from '../../../client/api.ts'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'
import { can } from '../../../store/permissions.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { X } from '../../../ui/icons.ts'
import { safeHref } from '../../markdown/safe-href.ts'
import { showFailure } from '../../../shell/failure.ts'
import { fit } from './fit.ts'
import type { Size } from './fit.ts'
import { Foldable } from './Foldable.tsx'
import { Picture } from './Picture.tsx'
import css from './Embeds.module.css'

/** What a page says of itself. */
export interface OpenGraph {
  readonly title?: string
  readonly description?: string
  readonly site_name?: string
  readonly url?: string
  readonly images?: readonly {
    readonly url: string
    readonly secure_url?: string
    readonly width?: number
    readonly height?: number
  }[]
}

/** A wide picture stands below the words, any other small beside them. */
const WIDE: Size = { width: 400, height: 220 }
const SMALL: Size = { width: 72, height: 72 }

/** What the first link of a post leads to: title, words and picture of the page. Its author may take it away. */
export function LinkPreview({ post, url, data }: { post: Post; url: string; data: OpenGraph }): ReactNode {
  const t = useText()
  const me = useStore((state) => state.me)
  const mayEdit = useStore((state) => can(state, 'edit_post', { channelId: post.channel_id }))
  const link = safeHref(url, location.origin)
  if (!link || !(data.title || data.description)) return null
  const site = data.site_name || new URL(link.href).host
  const image = data.images?.[0]
  const address = image && (image.secure_url || image.url)
  const size = address ? (post.metadata.images?.[address] ?? image) : undefined
  const wide = size !== undefined && (size.width ?? 0) >= 300 && (size.width ?? 0) >= 1.4 * (size.height ?? 0)
  const remove = post.user_id === me && mayEdit && (
    <IconButton
      size="s"
      icon={X}
      label={t('posts.remove_preview', 'Remove preview')}
      className={css['remove']}
      onPress={() => void removePreview(post)}
    />
  )
  return (
    <Foldable name={site} actions={remove}>
      <div className={css['card']}>
        <div className={css['words']}>
          <a href={link.href} target="_blank" rel="noopener noreferrer" className={css['title']}>
            {data.title || site}
          </a>
          {data.description && <p className={css['description']}>{data.description}</p>}
          {address && wide && <Picture url={address} alt="" size={fit(size, WIDE)} box={WIDE} />}
        </div>
        {address && !wide && <Picture url={address} alt="" size={size} box={SMALL} className={css['thumb']} />}
      </div>
    </Foldable>
  )
}

async function removePreview(post: Post): Promise<void> {
  try {
    await request('PUT', `/posts/${post.id}/patch`, { props: { ...post.props, remove_link_preview: 'true' } })
  } catch (error) {
    showFailure(error)
  }
}
