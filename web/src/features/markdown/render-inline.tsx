import { nameCandidates } from '../../../../server/src/text/mentions.ts'
import { Fragment } from 'react'
import type { ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'
import { Emoji } from '../emoji/Emoji.tsx'
import { emojiCharacter, emojiName } from '../emoji/names.ts'
import type { Channel, Emoji as EmojiNode, Hashtag, Inline, Link, Mention } from './ast.ts'
import type { MarkdownContext } from './context.ts'
import { Formula } from './Formula.tsx'
import type { Marker } from './highlight-terms.ts'
import { MarkdownImage } from './MarkdownImage.tsx'
import { NameLink } from './NameLink.tsx'
import { inlineText } from './plain-text.ts'
import { safeHref } from './safe-href.ts'
import styles from './Markdown.module.css'

/** What rendering needs at every depth. Inside a link nothing else can be pressed. */
export type View = { context: MarkdownContext; mark: Marker | null; singleLine: boolean; inLink: boolean }

/** Draws inline content. */
export function renderInline(nodes: readonly Inline[], view: View): ReactNode {
  if (nodes.length === 1) return renderNode(nodes[0]!, view)
  return nodes.map((node, index) => <Fragment key={index}>{renderNode(node, view)}</Fragment>)
}

function renderNode(node: Inline, view: View): ReactNode {
  switch (node.type) {
    case 'text':
      return renderText(node.value, view)
    case 'break':
      return <br />
    case 'code':
      return <code className={styles.code}>{renderText(node.value, view)}</code>
    case 'latex':
      return <Formula value={node.value} />
    case 'emphasis':
      return <em className={cx(isHangul(node.children) && styles.hangul)}>{renderInline(node.children, view)}</em>
    case 'strong':
      return <strong>{renderInline(node.children, view)}</strong>
    case 'strike':
      return <del>{renderInline(node.children, view)}</del>
    case 'link':
      return renderLink(node, view)
    case 'image':
      return <MarkdownImage image={node} context={view.context} inLink={view.inLink} asLink={view.singleLine} />
    case 'mention':
      return renderMention(node, view)
    case 'channel':
      return renderChannel(node, view)
    case 'hashtag':
      return renderHashtag(node, view)
    case 'emoji':
      return renderEmoji(node, view)
  }
}

/** Hangul has no italics: its emphasis shows as weight. */
const isHangul = (nodes: readonly Inline[]): boolean => /[가-힣]/.test(inlineText(nodes, () => ''))

/** Text with the reader's keywords and his search marked; a keyword within an address calls nobody. */
function renderText(text: string, { mark, inLink }: View): ReactNode {
  const parts = mark?.(text)
  if (!parts || (parts.length === 1 && parts[0]!.kind === null)) return text
  return parts.map(({ text: part, kind }, index) =>
    kind === null || (inLink && kind === 'mention') ? (
      part
    ) : (
      <mark key={index} className={kind === 'mention' ? styles.keyword : styles.found}>
        {part}
      </mark>
    ),
  )
}

function renderLink(node: Link, view: View): ReactNode {
  const { siteURL, dialect, onPage } = view.context
  const link = safeHref(node.url, siteURL, dialect.urlSchemes)
  const content = renderInline(node.children.length > 0 ? node.children : [{ type: 'text', value: node.url }], {
    ...view,
    inLink: true,
  })
  if (!link) return content
  const { href, path } = link
  const inPage = path !== null && onPage !== undefined
  const outside = /^(?:mailto|tel):/i.test(href) ? {} : { target: '_blank', rel: 'noopener noreferrer' }
  return (
    <a
      href={href}
      title={node.title || undefined}
      className={styles.link}
      {...(path === null && outside)}
      onClick={(event) => {
        if (!inPage || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        onPage(path)
      }}
    >
      {content}
    </a>
  )
}

function renderMention({ name, raw }: Mention, view: View): ReactNode {
  const { resolveMention, onMention } = view.context
  const whole = name.toLowerCase()
  const names = whole.includes(':') ? [whole, ...nameCandidates(whole)] : nameCandidates(whole)
  for (const candidate of names) {
    const target = resolveMention(candidate)
    if (!target) continue
    const press = onMention && target.kind !== 'everyone' ? (element: Element) => onMention(target, element) : undefined
    return (
      <>
        <NameLink
          href={target.href}
          onPress={view.inLink ? undefined : press}
          className={cx(styles.mention, target.isMe && styles.me)}
        >
          {renderText(`@${target.label}`, view)}
        </NameLink>
        {renderText(raw.slice(candidate.length + 1), view)}
      </>
    )
  }
  return renderText(raw, view)
}

function renderChannel({ name, raw }: Channel, view: View): ReactNode {
  const { resolveChannel, onChannel } = view.context
  for (const candidate of nameCandidates(name)) {
    const target = resolveChannel(candidate)
    if (!target) continue
    return (
      <>
        <NameLink href={target.href} onPress={onChannel && (() => onChannel(target))} className={styles.mention}>
          {renderText(`~${target.label}`, view)}
        </NameLink>
        {renderText(raw.slice(candidate.length + 1), view)}
      </>
    )
  }
  return renderText(raw, view)
}

function renderHashtag({ tag, raw }: Hashtag, view: View): ReactNode {
  const { onHashtag, shortestHashtag } = view.context
  if ([...tag].length < shortestHashtag) return renderText(raw, view)
  return (
    <NameLink onPress={onHashtag && (() => onHashtag(tag))} className={styles.hashtag}>
      {renderText(raw, view)}
    </NameLink>
  )
}

function renderEmoji({ name, raw }: EmojiNode, view: View): ReactNode {
  const { emoticons, customEmojiURL } = view.context
  if (name === '') {
    const known = emojiName(raw)
    return known ? <Emoji name={known} url={null} /> : raw
  }
  if (raw !== `:${name}:`) return emoticons ? <Emoji name={name} url={null} /> : raw
  if (emojiCharacter(name) !== null) return <Emoji name={name} url={null} />
  const url = customEmojiURL(name)
  return url === null ? renderText(raw, view) : <Emoji name={name} url={url} />
}
