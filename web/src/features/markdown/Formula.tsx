import { useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'
import { drawFormula, loadFormulas } from './formulas.ts'
import styles from './Markdown.module.css'

/** A formula; its source until KaTeX is there, and for what KaTeX cannot read. */
export function Formula({ value, display = false }: { value: string; display?: boolean }): ReactNode {
  const element = useRef<HTMLSpanElement>(null)
  const [state, setState] = useState<ReturnType<typeof drawFormula>>('unloaded')
  useLayoutEffect(() => {
    let here = true
    const draw = (): void => setState(drawFormula(element.current!, value, display))
    draw()
    // Once loaded, this has been decided already.
    loadFormulas().then(
      () => here && draw(),
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [value, display])
  return (
    <>
      <span ref={element} hidden={state !== 'drawn'} className={cx(display && styles.formula)} />
      {state !== 'drawn' && <code className={display ? styles.formulaSource : styles.code}>{value}</code>}
    </>
  )
}
