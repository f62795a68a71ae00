import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import type { CodePiece } from './code-pieces.ts'
import { codeLanguage, highlightCode, loadCodeLanguage } from './highlight-code.ts'
import styles from './CodeBlock.module.css'

/** A block of more lines opens folded; folding cuts nothing, search in the page still finds it. */
const FOLDED_LINES = 20

export interface CodeBlockProps {
  value: string
  /** As written behind the fence. */
  language: string
  actions?: ReactNode
  /** The code with searched words marked, for a block without colours. */
  marked?: ReactNode
}

/** A block of code, coloured as soon as its language is loaded. */
export function CodeBlock({ value, language, actions, marked }: CodeBlockProps): ReactNode {
  const t = useText()
  const name = codeLanguage(language)
  const pieces = useHighlighted(value, name)
  const lines = value.split('\n').length
  const [open, setOpen] = useState(false)
  const folds = lines > FOLDED_LINES + 4
  return (
    <div className={cx(styles.block, folds && !open && styles.folded)}>
      <div className={styles.head}>
        {actions && <span className={styles.actions}>{actions}</span>}
        {language !== '' && <span className={styles.language}>{language}</span>}
      </div>
      <pre
        className={styles.pre}
        tabIndex={0}
        aria-label={
          language === '' ? t('markdown.code', 'Code') : t('markdown.code_in', 'Code in {language}', { language })
        }
      >
        <code>{pieces === null ? (marked ?? value) : pieces.map(renderPiece)}</code>
      </pre>
      {folds && (
        <div className={styles.more}>
          <Button size="s" variant="quiet" onPress={() => setOpen(!open)} aria-expanded={open}>
            {open ? t('markdown.fold', 'Show less') : t('markdown.unfold', 'Show all {lines, number} lines', { lines })}
          </Button>
        </div>
      )}
    </div>
  )
}

const renderPiece = ({ text, className }: CodePiece, index: number): ReactNode =>
  className === '' ? (
    text
  ) : (
    <span key={index} className={className}>
      {text}
    </span>
  )

function useHighlighted(value: string, name: string | null): CodePiece[] | null {
  const [, setLoaded] = useState<string>()
  const pieces = name === null ? null : highlightCode(value, name)
  useEffect(() => {
    if (name === null || pieces !== null) return
    let here = true
    loadCodeLanguage(name).then(
      () => here && setLoaded(name),
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [name, pieces])
  return pieces
}
