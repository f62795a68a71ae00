import * as pdfjs from 'pdfjs-dist'
import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'

export type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy }

/** Where the worker is, and the character tables, fonts and decoders are that documents may leave out (Korean ones often do). Loaded when needed. */
const addresses = import.meta.glob<string>(
  [
    '../../../../../node_modules/pdfjs-dist/cmaps/*.bcmap',
    '../../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}',
    '../../../../../node_modules/pdfjs-dist/build/pdf.worker.min.mjs',
    '../../../../../node_modules/pdfjs-dist/wasm/{jbig2,openjpeg,qcms_bg}.wasm',
  ],
  { query: '?url&no-inline', import: 'default', eager: true },
)

const byName = new Map(Object.entries(addresses).map(([path, address]) => [path.split('/').at(-1)!, address]))

/** The build gives files names of its own, so they are looked up instead of put together. */
class BundledData {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const address = byName.get(filename)
    if (!address) throw new Error(`${filename} is not bundled`)
    const response = await fetch(address)
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
}

/** Opens a document; `promise` rejects when it is none or wants a password, `destroy` gives up. */
export function openPdf(address: string): PDFDocumentLoadingTask {
  pdfjs.GlobalWorkerOptions.workerSrc = byName.get('pdf.worker.min.mjs')!
  return pdfjs.getDocument({
    url: address,
    BinaryDataFactory: BundledData,
    useWorkerFetch: false,
    cMapPacked: true,
    // Forms and scripts of a document are nothing for a viewer.
    enableXfa: false,
  })
}

/** Lays the words of a page over its picture, so that they can be selected, found and read aloud. */
export async function layText(page: PDFPageProxy, container: HTMLElement, scale: number): Promise<void> {
  const viewport = page.getViewport({ scale })
  container.replaceChildren()
  container.style.setProperty('--total-scale-factor', String(scale))
  const layer = new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container, viewport })
  await layer.render()
}
