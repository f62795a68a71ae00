import type { CSSProperties, ReactNode } from 'react'
import { useDates } from '../../../shell/dates.ts'
import type { Post } from '../../../store/entities.ts'
import { safeHref } from '../../markdown/safe-href.ts'
import { MessageText } from '../post/MessageText.tsx'
import { AttachmentActions } from './AttachmentActions.tsx'
import { asText, barColor } from './attachment-types.ts'
import type { Attachment } from './attachment-types.ts'
import { Picture } from './Picture.tsx'
import css from './Attachments.module.css'

/** The cards that a program has hung on its post. */
export function Attachments({ post, attachments }: { post: Post; attachments: readonly Attachment[] }): ReactNode {
  return attachments.map((attachment, at) => <AttachmentCard key={at} post={post} attachment={attachment} />)
}

function AttachmentCard({ post, attachment }: { post: Post; attachment: Attachment }): ReactNode {
  const { pretext, color, thumb_url: thumb, image_url: image } = attachment
  const sizeOf = (url: string) => post.metadata.images?.[url]
  return (
    <div className={css['attachment']}>
      {pretext && <MessageText post={post} text={asText(pretext)} />}
      <div className={css['card']} style={{ '--bar': barColor(color) } as CSSProperties}>
        <div className={css['words']}>
          <Head attachment={attachment} post={post} />
          {attachment.text && <MessageText post={post} text={asText(attachment.text)} />}
          <Fields attachment={attachment} post={post} />
          {image && <Picture url={image} alt="" size={sizeOf(image)} box={{ width: 480, height: 300 }} />}
          <Foot attachment={attachment} />
          {attachment.actions && <AttachmentActions post={post} actions={attachment.actions} />}
        </div>
        {thumb && <Picture url={thumb} alt="" size={sizeOf(thumb)} box={{ width: 75, height: 75 }} />}
      </div>
    </div>
  )
}

function Head({ attachment, post }: { attachment: Attachment; post: Post }): ReactNode {
  const { author_name: author, author_icon: icon, title } = attachment
  return (
    <>
      {author && (
        <div className={css['author']}>
          {icon && <Picture url={icon} alt="" size={undefined} box={{ width: 16, height: 16 }} />}
          <MaybeLink href={attachment.author_link}>{asText(author)}</MaybeLink>
        </div>
      )}
      {title && (
        <div className={css['title']}>
          {attachment.title_link ? (
            <MaybeLink href={attachment.title_link}>{asText(title)}</MaybeLink>
          ) : (
            <MessageText post={post} text={asText(title)} />
          )}
        </div>
      )}
    </>
  )
}

function MaybeLink({ href, children }: { href: string | undefined; children: string }): ReactNode {
  const link = href && safeHref(href, location.origin)
  if (!link) return children
  return (
    <a href={link.href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}

function Fields({ attachment, post }: { attachment: Attachment; post: Post }): ReactNode {
  const fields = (attachment.fields ?? []).filter((field) => asText(field?.title) || asText(field?.value))
  if (fields.length === 0) return null
  return (
    <dl className={css['fields']}>
      {fields.map((field, at) => (
        <div key={at} className={field.short ? undefined : css['long']}>
          <dt>{asText(field.title)}</dt>
          <dd>
            <MessageText post={post} text={asText(field.value)} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Foot({ attachment }: { attachment: Attachment }): ReactNode {
  const dates = useDates()
  const { footer, footer_icon: icon, ts } = attachment
  const at = Number(ts) * 1000
  const hasTime = ts !== undefined && Number.isFinite(at) && at > 0 && at < 8.64e15
  if (!footer && !hasTime) return null
  return (
    <div className={css['footer']}>
      {icon && <Picture url={icon} alt="" size={undefined} box={{ width: 16, height: 16 }} />}
      {asText(footer)}
      {hasTime && <time dateTime={new Date(at).toISOString()}>{dates.full(at)}</time>}
    </div>
  )
}
