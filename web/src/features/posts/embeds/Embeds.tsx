import type { ReactNode } from 'react'
import { usePreference } from '../../../client/preferences.ts'
import { useStore } from '../../../client/store.ts'
import type { Post } from '../../../store/entities.ts'
import { Attachments } from './Attachments.tsx'
import { attachmentsOf } from './attachment-types.ts'
import { ImageEmbed } from './ImageEmbed.tsx'
import { LinkPreview } from './LinkPreview.tsx'
import type { OpenGraph } from './LinkPreview.tsx'
import { PermalinkPreview } from './PermalinkPreview.tsx'
import type { PreviewedPost } from './PermalinkPreview.tsx'

/** Whether there may be something below the text of a post. */
export const hasEmbeds = ({ props, metadata }: Post): boolean =>
  props['attachments'] !== undefined || (metadata.embeds?.length ?? 0) > 0

/** What stands below the text of a post: attachments of programs, and what a link leads to. */
export function Embeds({ post }: { post: Post }): ReactNode {
  const enabled = useStore((state) => state.config['EnableLinkPreviews'] === 'true')
  const wanted = usePreference('display_settings', 'link_previews', 'true') !== 'false'
  const attachments = attachmentsOf(post.props['attachments'])
  if (attachments.length > 0) return <Attachments post={post} attachments={attachments} />
  const embed = post.metadata.embeds?.[0]
  if (!embed) return null
  if (embed.type === 'permalink') return <PermalinkPreview preview={embed.data as PreviewedPost} />
  if (!enabled || !wanted || post.props['remove_link_preview'] === 'true') return null
  if (embed.type === 'image') return <ImageEmbed url={embed.url} size={post.metadata.images?.[embed.url]} />
  if (embed.type === 'opengraph') return <LinkPreview post={post} url={embed.url} data={embed.data as OpenGraph} />
  return null
}
