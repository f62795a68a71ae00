import type { ReactNode } from 'react'
import type { Dialect, Image } from './ast.ts'
import { PLAIN_DIALECT } from './ast.ts'
import type { Highlight } from './highlight-terms.ts'

/** Whom a mention means. `label` is shown behind the `@`; `href` lets it open in a tab of its own. */
export type MentionTarget = {
  kind: 'user' | 'group' | 'everyone'
  id: string
  label: string
  isMe: boolean
  href?: string
}

/** The channel a `~name` means. */
export type ChannelTarget = { id: string; label: string; href?: string }

export type Size = { width: number; height: number }

/**
 * What a message needs to know of its surroundings. Keep the object as it is while nothing in it changes: messages are
 * drawn anew when it does.
 */
export type MarkdownContext = {
  /** Address of this site, for links that stay in the page. */
  siteURL: string
  /** Whether texts are formatted; else they are shown as they were typed. */
  formatted: boolean
  dialect: Dialect
  /** Whether blocks of `latex` and `tex` are formulas (EnableLatex). */
  latex: boolean
  /** Whether `:)` becomes a picture. */
  emoticons: boolean
  /** Nodes that are formatted at most (MaxMarkdownNodes), 0 for the default. */
  mostNodes: number
  /** Characters of a hashtag that can be searched for, `#` included (MinimumHashtagLength). */
  shortestHashtag: number
  /** Pictures are shown only when asked for (collapse_previews). */
  imagesCollapsed: boolean
  highlights: readonly Highlight[]
  /** `name` in lower case, without `@`; `here`, `channel` and `all` are asked for too. */
  resolveMention: (name: string) => MentionTarget | null
  resolveChannel: (name: string) => ChannelTarget | null
  customEmojiURL: (name: string) => string | null
  /** Size of a picture by its address as written, from the metadata of the post. */
  imageSize: (url: string) => Size | null
  /** Where a picture is loaded from, for servers with an image proxy. `href` is safe already. */
  imageSource: (href: string) => string
  /** What happens on a press; without it names are only coloured. `element` is what was pressed, to open something beside it. */
  onMention?: (target: MentionTarget, element: Element) => void
  onChannel?: (target: ChannelTarget) => void
  onHashtag?: (tag: string) => void
  onImage?: (image: Image, source: string) => void
  /** A page of this site, below its address, with query and fragment. */
  onPage?: (path: string) => void
  /** Controls at the top right of a code block, a button that copies it for example. */
  codeActions?: (code: string, language: string) => ReactNode
}

/** Knows nobody and nothing: enough for texts outside of a channel. Spread it and set what there is. */
export const BARE_CONTEXT: MarkdownContext = {
  siteURL: '',
  formatted: true,
  dialect: PLAIN_DIALECT,
  latex: false,
  emoticons: true,
  mostNodes: 0,
  shortestHashtag: 3,
  imagesCollapsed: false,
  highlights: [],
  resolveMention: () => null,
  resolveChannel: () => null,
  customEmojiURL: () => null,
  imageSize: () => null,
  imageSource: (href) => href,
}
