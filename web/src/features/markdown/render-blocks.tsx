import type { ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'
import type { Align, Block, List, Table } from './ast.ts'
import { CodeBlock } from './CodeBlock.tsx'
import { Formula } from './Formula.tsx'
import { renderInline } from './render-inline.tsx'
import type { View } from './render-inline.tsx'
import { TaskMark } from './TaskMark.tsx'
import styles from './Markdown.module.css'

/** Where blocks stand: by themselves, or inside another, in a tight list as bare text. */
type Level = 'top' | 'inside' | 'tight'

type Dir = 'auto' | undefined

/** Draws blocks. Those at the top are written in the direction of their words, and what is inside follows them. */
export function renderBlocks(blocks: readonly Block[], view: View, level: Level = 'top'): ReactNode[] {
  return blocks.map((block, index) => renderBlock(block, index, view, level))
}

function renderBlock(block: Block, key: number, view: View, level: Level): ReactNode {
  const dir = level === 'top' ? 'auto' : undefined
  switch (block.type) {
    case 'paragraph': {
      const Paragraph = level === 'tight' ? 'div' : 'p'
      return (
        <Paragraph key={key} dir={dir}>
          {renderInline(block.children, view)}
        </Paragraph>
      )
    }
    case 'heading': {
      const Heading = `h${block.level}` as 'h1'
      return (
        <Heading key={key} dir={dir} className={cx(styles.heading, block.level > 2 && styles.minor)}>
          {renderInline(block.children, view)}
        </Heading>
      )
    }
    case 'quote':
      return (
        <blockquote key={key} dir={dir}>
          {renderBlocks(block.children, view, 'inside')}
        </blockquote>
      )
    case 'list':
      return renderList(block, key, view, dir)
    case 'table':
      return renderTable(block, key, view, dir)
    case 'code':
      return renderCode(block, key, view)
    case 'rule':
      return <hr key={key} />
  }
}

function renderCode({ value, language }: Extract<Block, { type: 'code' }>, key: number, view: View): ReactNode {
  const { context, mark } = view
  if (context.latex && /^(?:latex|tex)$/i.test(language)) return <Formula key={key} value={value} display />
  const marked = mark ? renderInline([{ type: 'text', value }], view) : undefined
  return (
    <CodeBlock
      key={key}
      value={value}
      language={language}
      actions={context.codeActions?.(value, language)}
      marked={marked}
    />
  )
}

function renderList({ start, tight, items }: List, key: number, view: View, dir: Dir): ReactNode {
  const level = tight ? 'tight' : 'inside'
  const rows = items.map(({ checked, children }, index) => (
    <li key={index} className={checked === null ? undefined : styles.task}>
      {checked !== null && <TaskMark checked={checked} />}
      {checked === null ? renderBlocks(children, view, level) : <div>{renderBlocks(children, view, level)}</div>}
    </li>
  ))
  const name = cx(styles.list, !tight && styles.loose)
  if (start === null)
    return (
      <ul key={key} dir={dir} className={name}>
        {rows}
      </ul>
    )
  // Room for the longest number, so that it does not hang out of the text.
  const digits = String(start + items.length - 1).length
  return (
    <ol key={key} dir={dir} start={start} className={name} style={{ '--digits': digits } as object}>
      {rows}
    </ol>
  )
}

const alignment = (align: Align | undefined): object | undefined => (align ? { textAlign: align } : undefined)

function renderTable({ align, rows: [head = [], ...body] }: Table, key: number, view: View, dir: Dir): ReactNode {
  return (
    <div key={key} className={styles.tableBox} tabIndex={0}>
      <table dir={dir}>
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={column} scope="col" style={alignment(align[column])}>
                {renderInline(cell, view)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} style={alignment(align[column])}>
                  {renderInline(cell, view)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
