import { memo, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useConnection } from '../../client/live.ts'
import { useText } from '../i18n.tsx'
import css from './Frame.module.css'

/** How long (ms) a break may last before it is worth a word: most are over sooner. */
const PATIENCE = 2_000

/** One quiet line while no news arrive. */
export const ConnectionBar = memo(function ConnectionBar(): ReactNode {
  const t = useText()
  const lost = useConnection(({ state }) => state === 'lost')
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!lost) return setShown(false)
    const timer = setTimeout(() => setShown(true), PATIENCE)
    return () => clearTimeout(timer)
  }, [lost])
  return (
    <div role="status" className={css['connection']} data-shown={shown}>
      {shown && t('shell.reconnecting', 'Connection lost. Trying again… What you write is kept.')}
    </div>
  )
})
