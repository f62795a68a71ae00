import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { fileAddress } from '../addresses.ts'
import type { ViewedFile } from '../open-viewer.tsx'
import { PdfPage } from './PdfPage.tsx'
import { openPdf } from './pdf.ts'
import type { PDFDocumentProxy } from './pdf.ts'
import type { Size } from './zoom.ts'
import css from './Viewer.module.css'

interface Opened {
  readonly document: PDFDocumentProxy
  /** of the first page at scale 1; others are taken for as large until they are drawn */
  readonly size: Size
}

/** A document page below page. Only pages near the window are drawn. */
export default function PdfView({ file, onFail }: { file: ViewedFile; onFail: () => void }): ReactNode {
  const t = useText()
  const [opened, setOpened] = useState<Opened>()
  const paper = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const task = openPdf(fileAddress(file))
    let here = true
    const open = async (): Promise<void> => {
      const document = await task.promise
      const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 })
      if (here) setOpened({ document, size: { width, height } })
    }
    open().catch(() => here && onFail())
    return () => {
      here = false
      void task.destroy()
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the file alone decides
  }, [file])
  const pages = opened ? Array.from({ length: opened.document.numPages }, (_, at) => at + 1) : []
  return (
    <div ref={paper} className={css['paper']} tabIndex={0} role="document" aria-label={file.name}>
      {opened ? (
        pages.map((number) => (
          <PdfPage
            key={number}
            document={opened.document}
            number={number}
            guess={opened.size}
            label={t('files.page', 'Page {number, number} of {count, number}', { number, count: pages.length })}
            scroller={paper}
          />
        ))
      ) : (
        <Spinner />
      )}
    </div>
  )
}
