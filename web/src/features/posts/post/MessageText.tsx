import { createContext, use, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../../client/api.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'
import type { Table } from '../../../store/state.ts'
import { Button } from '../../../ui/Button.tsx'
import { ChevronDown, ChevronUp } from '../../../ui/icons.ts'
import type { MarkdownContext } from '../../markdown/context.ts'
import type { Highlight } from '../../markdown/highlight-terms.ts'
import { Markdown } from '../../markdown/Markdown.tsx'
import { channelTarget, useMessageContext } from './message-context.tsx'
import css from './MessageText.module.css'

/** Characters and lines from which a text is folded. The height is told by the text, not measured: nothing moves when it is drawn. */
const LONG = { characters: 3_000, lines: 40 }

/** What the posts below were found by: marked wherever it stands in them. The same array as long as it is the same. */
export const FoundBy = createContext<readonly Highlight[]>([])

type Parts = Pick<Post, 'metadata' | 'props'>

interface Made {
  readonly base: MarkdownContext
  readonly found: readonly Highlight[]
  readonly props: Post['props']
  readonly context: MarkdownContext
}

/** A post that comes into view again has the same context, so that what was drawn of its text is drawn again. */
const made = new WeakMap<Post['metadata'], Made>()

/** The context of one post: sizes of its pictures, its channels, its custom emoji, what it was found by. */
export function usePostContext({ metadata, props }: Parts): MarkdownContext {
  const base = useMessageContext()
  const found = use(FoundBy)
  return useMemo(() => {
    const before = made.get(metadata)
    if (before && before.base === base && before.found === found && before.props === props) return before.context
    const context = makeContext(base, found, { metadata, props })
    made.set(metadata, { base, found, props, context })
    return context
  }, [base, found, metadata, props])
}

function makeContext(base: MarkdownContext, found: readonly Highlight[], { metadata, props }: Parts): MarkdownContext {
  const emoji = new Map((metadata.emojis ?? []).map((one) => [one.name, one.id]))
  const channels = props['channel_mentions'] as Table<{ display_name: string }> | undefined
  return {
    ...base,
    ...(found.length > 0 && { highlights: [...found, ...base.highlights] }),
    resolveChannel: (name) => channelTarget(name, channels),
    customEmojiURL: (name) => {
      const id = emoji.get(name)
      return id ? api.getCustomEmojiImageUrl(id) : base.customEmojiURL(name)
    },
    imageSize: (url) => metadata.images?.[url] ?? null,
  }
}

/** A text of a post. A very long one is folded, with a way to read on. */
export function MessageText({ post, text = post.message }: { post: Post; text?: string }): ReactNode {
  const t = useText()
  const context = usePostContext(post)
  const [open, setOpen] = useState(false)
  const long = text.length > LONG.characters || countLines(text) > LONG.lines
  if (!long) return <Markdown text={text} context={context} />
  return (
    <>
      <div className={open ? undefined : css['folded']}>
        <Markdown text={text} context={context} />
      </div>
      <Button
        size="s"
        variant="quiet"
        className={css['more']}
        icon={open ? ChevronUp : ChevronDown}
        onPress={() => setOpen(!open)}
      >
        {open ? t('posts.show_less', 'Show less') : t('posts.show_more', 'Show more')}
      </Button>
    </>
  )
}

function countLines(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0 && lines <= LONG.lines; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
