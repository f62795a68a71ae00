import type { Root } from 'react-dom/client'
import { socket } from '../client/api.ts'
import { basePath } from '../client/base-path.ts'
import { loadMe, loadPerson, loadSite, seemsSignedIn } from '../client/boot.ts'
import { goLive, stateIsLoaded } from '../client/live.ts'
import { followPresence } from '../client/people.ts'
import { getState, useStore } from '../client/store.ts'
import { takeGlobalShortcuts } from '../features/settings/global-shortcuts.ts'
import { ReadError } from '../store/reader.ts'
import { App } from './App.tsx'
import { chosenLocale, languages, loadText } from './i18n.tsx'
import { listenForShortcuts } from './keyboard.ts'
import { followKeyboard } from './layout/on-screen-keyboard.ts'
import { goTo } from './navigate.ts'
import { reloadWhenPartsVanish, watchForNewVersion } from './new-version.ts'
import { requiredStep } from './required-step.ts'
import { followSessionEnd } from './session-end.ts'
import { applyTheme, followTheme } from './theme.ts'
import { Ui } from './Ui.tsx'
import { Unreachable } from './Unreachable.tsx'

/** Loads what the first screen needs and draws it. */
export async function start(root: Root): Promise<void> {
  applyTheme()
  let loading: Promise<void> | undefined
  const load = (): Promise<void> => (loading ??= attempt().finally(() => (loading = undefined)))
  const attempt = async (): Promise<void> => {
    try {
      await Promise.all([loadSite(), seemsSignedIn() ? signIn() : undefined])
    } catch {
      const text = await loadText(navigator.language)
      root.render(
        <Ui text={text}>
          <Unreachable onRetry={load} />
        </Ui>,
      )
      return
    }
    applyTheme()
    followTheme()
    await draw(root)
    followLanguage(root)
  }
  listenForShortcuts()
  reloadWhenPartsVanish()
  followKeyboard()
  keepShell()
  await load()
}

async function draw(root: Root): Promise<void> {
  const { users, me, config } = getState()
  const locale = users[me]?.locale || visitorLocale(config['DefaultClientLocale'])
  const text = await loadText(locale, timeZoneOf(users[me]))
  root.render(
    <Ui text={text}>
      <App />
    </Ui>,
  )
}

/** Draws everything again, in place, when the reader chooses another language or time zone. */
function followLanguage(root: Root): void {
  useStore.subscribe(({ users, me }, before) => {
    const [now, then] = [users[me], before.users[me]]
    if (now === then || !now || !then) return
    if (now.locale !== then.locale || timeZoneOf(now) !== timeZoneOf(then)) void draw(root)
  })
}

/** Visitors see the language they chose on this device, that of their browser, or the server's default. */
const visitorLocale = (fallback = 'en'): string =>
  chosenLocale() || (navigator.languages.find((one) => languages[one.split('-')[0]!]) ?? fallback)

function timeZoneOf(user: { timezone?: Record<string, string | boolean> } | undefined): string | undefined {
  const zone = user?.timezone
  if (!zone) return undefined
  const automatic = String(zone['useAutomaticTimezone']) === 'true'
  return String((automatic ? '' : zone['manualTimezone']) || '') || undefined
}

/** Loads me and goes live; a session that has ended leaves a visitor. */
async function signIn(): Promise<void> {
  // Listening comes first: what happens while the rest is loaded must not be missed.
  goLive()
  try {
    await loadPerson()
  } catch (error) {
    if (error instanceof ReadError && error.status === 401) return socket.close()
    // Until a demanded second factor is set up, the server tells me nothing but who I am.
    await loadMe()
    if (requiredStep(getState()) === '') throw error
    return socket.close()
  }
  followSessionEnd()
  stateIsLoaded()
  followPresence()
  takeGlobalShortcuts()
  watchForNewVersion()
  void import('../features/notifications/start-notifications.ts').then(({ startNotifications }) => startNotifications())
}

/** Keeps the page for times without a network, and hears where a tapped notification leads. */
function keepShell(): void {
  // Absent on plain http, and not wanted while files change under it.
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  navigator.serviceWorker.register(`${basePath}/sw.js`).catch(() => undefined)
  // What this page asked for before the worker listened came past it, some of it later: it is told of every file.
  void navigator.serviceWorker.ready.then(({ active }) => {
    const tell = (files: PerformanceObserverEntryList): void => {
      const keep = files.getEntries().flatMap(({ name }) => (name.includes('/static/') ? name : []))
      if (keep.length > 0) (navigator.serviceWorker.controller ?? active)?.postMessage({ keep })
    }
    new PerformanceObserver(tell).observe({ type: 'resource', buffered: true })
  })
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ goTo?: string }>) => {
    if (data.goTo) goTo(data.goTo)
  })
}
