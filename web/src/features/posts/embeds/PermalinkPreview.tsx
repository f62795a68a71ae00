import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { siteAddress } from '../../../client/base-path.ts'
import { useDates } from '../../../shell/dates.ts'
import { useText } from '../../../shell/i18n.tsx'
import { goTo } from '../../../shell/navigate.ts'
import type { Post } from '../../../store/entities.ts'
import { channelName } from '../../../store/names.ts'
import type { Id } from '../../../store/state.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { Paperclip } from '../../../ui/icons.ts'
import { useAuthor } from '../post/author.ts'
import { MessageText } from '../post/MessageText.tsx'
import { PostAvatar } from '../post/PostAvatar.tsx'
import { attachmentsOf } from './attachment-types.ts'
import css from './Embeds.module.css'

/** A post that a link in another post shows. */
export interface PreviewedPost {
  readonly post_id: Id
  /** absent when the reader may not read it */
  readonly post?: Post
  readonly team_name: string
  readonly channel_display_name: string
  readonly channel_id: Id
  readonly channel_type: string
}

/** The post that a link leads to, as a quotation: who, where, when, and what it says. */
export function PermalinkPreview({ preview }: { preview: PreviewedPost }): ReactNode {
  // The link may be to a post that is here: then it is the one that events keep fresh.
  const known = useStore((state) => state.posts[preview.post_id])
  const post = known ?? preview.post
  if (!post || post.delete_at > 0) return null
  return <Quotation preview={preview} post={{ ...post, metadata: post.metadata ?? {} }} />
}

function Quotation({ preview, post }: { preview: PreviewedPost; post: Post }): ReactNode {
  const t = useText()
  const dates = useDates()
  const author = useAuthor(post, t('posts.system', 'System'))
  const own = useStore((state) => channelName(state, preview.channel_id))
  const channel = own || preview.channel_display_name
  const team = useStore((state) => preview.team_name || Object.values(state.teams)[0]?.name || '_redirect')
  const path = `/${team}/pl/${preview.post_id}`
  const files = post.metadata.files?.length ?? post.file_ids?.length ?? 0
  const text = post.message || attachmentsOf(post.props['attachments'])[0]?.fallback || ''
  return (
    <figure className={css['quotation']}>
      <figcaption className={css['caption']}>
        <span className={css['smallAvatar']}>
          <PostAvatar post={post} size={20} />
        </span>
        <span className={css['author']}>{author.name}</span>
        <a
          href={siteAddress(path)}
          className={css['where']}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
            event.preventDefault()
            goTo(path)
          }}
        >
          {channel
            ? t('posts.quoted_from', '{channel}, {time}', { channel, time: dates.short(post.create_at) })
            : dates.short(post.create_at)}
        </a>
      </figcaption>
      <blockquote className={css['quoted']}>
        <MessageText post={post} text={text} />
      </blockquote>
      {files > 0 && (
        <div className={css['files']}>
          <Icon icon={Paperclip} size="s" />
          {t('posts.files', '{count, plural, one {# file} other {# files}}', { count: files })}
        </div>
      )}
    </figure>
  )
}
