import { getState } from '../../client/store.ts'
import { usePanels } from '../../shell/panels.ts'
import { currentChannelId } from '../../shell/place.ts'
import { isSeen } from './decide.ts'
import type { View } from './decide.ts'

interface Place {
  readonly channel_id: string
  readonly root_id: string
}

type Message = { readonly ask: string; readonly place: Place } | { readonly answer: string; readonly seen: boolean }

/** Held by every window of this browser, so that they can be counted. */
const WINDOW = 'outpost.window'
/** How long (ms) windows have to answer; those that the browser has put to sleep never do. */
const PATIENCE = 1_000

/** What somebody looks at in this window. */
export function currentView(): View {
  const panel = usePanels.getState().stack.at(-1)
  const inThreads = /\/threads\/(\w+)/.exec(location.pathname)?.[1]
  return {
    focused: document.visibilityState === 'visible' && document.hasFocus(),
    channelId: currentChannelId(),
    rootId: panel?.kind === 'thread' ? panel.rootId : (inThreads ?? ''),
  }
}

let others: BroadcastChannel | undefined
const waiting = new Map<string, (seen: boolean) => void>()

/** Answers other windows of this browser that ask whether the reader looks at something here. */
export function answerOtherWindows(): void {
  if (typeof BroadcastChannel === 'undefined' || !navigator.locks) return
  void navigator.locks.request(WINDOW, { mode: 'shared' }, () => new Promise<never>(() => undefined))
  others = new BroadcastChannel('outpost.looking')
  others.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if ('answer' in data) waiting.get(data.answer)?.(data.seen)
    else others?.postMessage({ answer: data.ask, seen: isSeen(getState(), data.place, currentView()) })
  })
}

/** Whether another window of this browser shows the place to the reader right now. */
export async function isSeenElsewhere({ channel_id, root_id }: Place): Promise<boolean> {
  const channel = others
  if (!channel || document.hasFocus()) return false
  const { held = [] } = await navigator.locks.query()
  let silent = held.filter(({ name }) => name === WINDOW).length - 1
  if (silent <= 0) return false
  const ask = crypto.getRandomValues(new Uint32Array(2)).join('-')
  return new Promise((resolve) => {
    const end = (seen: boolean): void => {
      waiting.delete(ask)
      clearTimeout(timer)
      resolve(seen)
    }
    const timer = setTimeout(end, PATIENCE, false)
    waiting.set(ask, (seen) => {
      silent--
      if (seen || silent === 0) end(seen)
    })
    channel.postMessage({ ask, place: { channel_id, root_id } })
  })
}
