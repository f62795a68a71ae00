import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import code from '../../markdown/CodeBlock.module.css'
import type { CodePiece } from '../../markdown/code-pieces.ts'
import { codeLanguage, highlightCode, loadCodeLanguage } from '../../markdown/highlight-code.ts'
import { fileAddress } from '../addresses.ts'
import type { ViewedFile } from '../open-viewer.tsx'
import { loadText } from './load-text.ts'
import type { LoadedText } from './load-text.ts'
import { textBlocks } from './text-blocks.ts'
import css from './Viewer.module.css'

/** Text and code, coloured when it is not too long for that. */
export default function TextView({ file, onFail }: { file: ViewedFile; onFail: () => void }): ReactNode {
  const t = useText()
  const [loaded, setLoaded] = useState<LoadedText>()
  const [pieces, setPieces] = useState<readonly CodePiece[] | null>(null)
  useEffect(() => {
    let here = true
    const language = codeLanguage(file.extension) ?? codeLanguage(file.name)
    const load = async (): Promise<void> => {
      const [text] = await Promise.all([loadText(fileAddress(file)), language && loadCodeLanguage(language)])
      if (!here) return
      setLoaded(text)
      setPieces(language ? highlightCode(text.text, language) : null)
    }
    load().catch(() => here && onFail())
    return () => void (here = false)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the file alone decides
  }, [file])
  if (!loaded) return <Spinner />
  return (
    <div className={css['paper']}>
      <pre className={code['block']} tabIndex={0} aria-label={file.name}>
        <code>
          {pieces === null
            ? textBlocks(loaded.text).map((block, at) => (
                <span key={at} className={css['block']}>
                  {block}
                </span>
              ))
            : pieces.map(({ text, className }, at) => (
                <span key={at} className={className || undefined}>
                  {text}
                </span>
              ))}
        </code>
      </pre>
      {loaded.cut && (
        <p className={css['from']}>
          {t('files.cut', 'This is only the beginning. Download the file to read all of it.')}
        </p>
      )}
    </div>
  )
}
