import { basePath } from '../client/base-path.ts'
import { onEvent, onResync } from '../client/live.ts'
import { showToast } from '../ui/toasts.ts'
import { currentText } from './i18n.tsx'

const RELOADED = 'outpost.reloaded-for'

/** The script that a page of this client begins with; its name says its version. */
const mainScript = (page: Document): string =>
  page.querySelector('script[type="module"][src]')?.getAttribute('src')?.split('/').at(-1) ?? ''

/** The script of the client that the server has now when it is another than ours, else ''. Rejects when it is not reached. */
async function newerScript(): Promise<string> {
  const answer = await fetch(`${basePath}/`, { cache: 'no-store' })
  if (!answer.ok) throw new Error(`The page answers ${answer.status}`)
  const theirs = mainScript(new DOMParser().parseFromString(await answer.text(), 'text/html'))
  return theirs === mainScript(document) ? '' : theirs
}

let told = false

async function tellOfNewVersion(): Promise<void> {
  if (told || !(await newerScript().catch(() => ''))) return
  told = true
  const t = currentText()
  showToast(t('shell.new_version', 'There is a new version of this page.'), {
    action: { label: t('shell.reload', 'Reload'), onAction: () => location.reload() },
    duration: Infinity,
  })
}

/** Says once, quietly, when the server was upgraded: looks after each restart and change of settings. */
export function watchForNewVersion(): void {
  const look = (): void => void tellOfNewVersion()
  onResync(look)
  onEvent('config_changed', look)
}

/** Parts that an upgrade took away while the page was open: the page is loaded anew, once a version. */
export function reloadWhenPartsVanish(): void {
  window.addEventListener('vite:preloadError', () => void reloadOnce())
}

async function reloadOnce(): Promise<void> {
  const script = await newerScript().catch(() => '')
  if (!script || sessionStorage.getItem(RELOADED) === script) return
  sessionStorage.setItem(RELOADED, script)
  location.reload()
}
