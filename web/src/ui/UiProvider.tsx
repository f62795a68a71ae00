import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { watchFocusHome } from './focus-home.ts'
import { ToastRegion } from './Toast.tsx'
import { TooltipLayer } from './TooltipLayer.tsx'
import { UiTextContext } from './ui-texts.ts'
import type { UiTexts } from './ui-texts.ts'

/**
 * Stands once, around everything: gives components their words and the reader's language (BCP 47), and has the
 * places where tooltips and notices appear.
 */
export function UiProvider(props: { texts: UiTexts; locale: string; children: ReactNode }): ReactNode {
  useEffect(watchFocusHome, [])
  return (
    <UiTextContext value={props.texts}>
      <I18nProvider locale={props.locale}>
        {props.children}
        <ToastRegion />
        <TooltipLayer />
      </I18nProvider>
    </UiTextContext>
  )
}
