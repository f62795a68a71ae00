// The offline shell: the page and its files come from the cache when the server cannot be reached. Answers of the API are
// never kept here: what somebody may see is decided by the server, each time.
const CACHE = 'outpost-shell-1'
const ROOT = new URL('./', self.location.href).href

self.addEventListener('install', (event) => {
  event.waitUntil(keepPage().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldCaches().then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || !request.url.startsWith(ROOT)) return
  const path = request.url.slice(ROOT.length)
  if (request.mode === 'navigate' && !/^(api|oauth|plugins|hooks)\//.test(path)) event.respondWith(page(request))
  else if (path.startsWith('static/')) event.respondWith(file(request))
})

// The first page was loaded before the worker listened; it tells what it was built from.
self.addEventListener('message', (event) => {
  const files = (event.data.keep ?? []).filter((url) => url.startsWith(`${ROOT}static/`))
  event.waitUntil(Promise.all(files.map(keepFile)))
})

// A tap on a notification brings the page forward and lets it go where the notification points.
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(showPage(event.notification.data?.path ?? ''))
})

async function keepPage() {
  const cache = await caches.open(CACHE)
  const answer = await fetch(ROOT, { cache: 'no-store' })
  if (answer.ok) await cache.put(ROOT, answer)
}

async function dropOldCaches() {
  const names = await caches.keys()
  await Promise.all(
    names.filter((name) => name.startsWith('outpost-') && name !== CACHE).map((name) => caches.delete(name)),
  )
}

async function page(request) {
  try {
    const answer = await fetch(request)
    const isPage = answer.ok && !answer.redirected && (answer.headers.get('Content-Type') ?? '').startsWith('text/html')
    // Pages of the sign-in are the server's own; only the client's page, which carries its base path, is kept.
    if (isPage && (await answer.clone().text()).includes('data-base=')) {
      const cache = await caches.open(CACHE)
      if (scriptsOf(await textOfKept()) !== scriptsOf(await answer.clone().text())) await dropBuiltFiles(cache)
      await cache.put(ROOT, answer.clone())
    }
    return answer
  } catch (error) {
    const kept = await caches.match(ROOT)
    if (kept) return kept
    throw error
  }
}

const textOfKept = async () => (await (await caches.match(ROOT))?.text()) ?? ''

const scriptsOf = (html) => String(html.match(/static\/assets\/[^"]+/g))

/** Files of the version before: the new page never asks for them. */
async function dropBuiltFiles(cache) {
  const requests = await cache.keys()
  await Promise.all(requests.filter(isBuilt).map((request) => cache.delete(request)))
}

const isBuilt = ({ url }) => url.startsWith(`${ROOT}static/assets/`)

async function keepFile(url) {
  if (await caches.match(url)) return
  const answer = await fetch(url).catch(() => undefined)
  if (answer?.ok) await (await caches.open(CACHE)).put(url, answer)
}

/** Built files carry their content in their name: what is kept is right for ever. Others are asked for anew while the server answers. */
async function file(request) {
  const kept = await caches.match(request)
  if (kept && isBuilt(request)) return kept
  try {
    const answer = await fetch(request)
    if (answer.ok) {
      const cache = await caches.open(CACHE)
      await cache.put(request, answer.clone())
    }
    return answer
  } catch (error) {
    if (kept) return kept
    throw error
  }
}

async function showPage(path) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = pages[0]
  if (!open) return self.clients.openWindow(new URL(path.replace(/^\//, ''), ROOT).href)
  // It goes there even where the system does not let it come forward.
  await open.focus().catch(() => undefined)
  open.postMessage({ goTo: path })
}
