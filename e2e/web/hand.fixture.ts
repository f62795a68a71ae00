import { setTimeout as sleep } from 'node:timers/promises'
import type { RemotePage } from '../../testkit/engines/remote-page.ts'
import { seek } from './seek.fixture.ts'
import type { Place } from './seek.fixture.ts'

/** How long something may take to show up on a busy machine (ms). */
const PATIENCE = 20_000

/** Keys of the WebDriver standard that are no letters. */
const KEYS: Record<string, string> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  ArrowUp: '\uE013',
  ArrowDown: '\uE015',
}

/** What somebody looks for: a role with its name, words in it, and where. Texts are found as a part, names as a whole. */
export interface Sight {
  readonly role: string
  readonly name?: string | RegExp
  readonly text?: string
  readonly within?: Sight
}

/** Looks at a page and works it as a person does: by what is seen, with a real pointer and real keys. */
export class Hand {
  readonly page: RemotePage

  constructor(page: RemotePage) {
    this.page = page
  }

  /** Waits until it is seen and can be reached by the pointer. Rejects with what stood in the way. */
  async see(sight: Sight): Promise<Place> {
    let last: Place | string = ''
    for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(30)) {
      last = await this.#look(sight)
      if (typeof last !== 'string') return last
    }
    throw new Error(`${this.page.version}: ${JSON.stringify(plain(sight))} ${last}`)
  }

  /** Waits until it is not seen any more. */
  async gone(sight: Sight): Promise<void> {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(30)) {
      if ((await this.#look(sight)) === 'is not there') return
    }
    throw new Error(`${this.page.version}: ${JSON.stringify(plain(sight))} is still there`)
  }

  /** Waits until an expression is true in the page. */
  async until(expression: string): Promise<void> {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(30)) {
      if (await this.page.evaluate<boolean>(expression)) return
    }
    throw new Error(`${this.page.version}: never came true: ${expression}`)
  }

  async hover(sight: Sight): Promise<void> {
    await this.#point(await this.see(sight), [])
  }

  async click(sight: Sight): Promise<void> {
    await this.#point(await this.see(sight), [
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ])
  }

  /** Presses what shows while the pointer is over something. What moves away meanwhile is followed. */
  async clickOver(sight: Sight, shown: Sight): Promise<void> {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(200)) {
      await this.hover(sight)
      if (typeof (await this.#look(shown)) !== 'string') return this.click(shown)
    }
    throw new Error(`${this.page.version}: over ${JSON.stringify(plain(sight))} nothing shows`)
  }

  /** Types letters one after the other. */
  async type(text: string): Promise<void> {
    const actions = [...text].flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ])
    await this.page.act([{ type: 'key', id: 'keyboard', actions }])
  }

  /** Presses keys together, such as `Control+k`. */
  async press(keys: string): Promise<void> {
    const values = keys.split('+').map((key) => KEYS[key] ?? key)
    const down = values.map((value) => ({ type: 'keyDown', value }))
    const up = values.toReversed().map((value) => ({ type: 'keyUp', value }))
    await this.page.act([{ type: 'key', id: 'keyboard', actions: [...down, ...up] }])
  }

  #look(sight: Sight): Promise<Place | string> {
    return this.page.evaluate(`(${seek.toString()})(${JSON.stringify(plain(sight))})`)
  }

  async #point({ x, y }: Place, actions: readonly object[]): Promise<void> {
    const move = { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 }
    const parameters = { pointerType: 'mouse' }
    await this.page.act([{ type: 'pointer', id: 'mouse', parameters, actions: [move, ...actions] }])
  }
}

/** The same as JSON: a pattern as its source. */
const plain = ({ name, within, ...sight }: Sight): object => ({
  ...sight,
  ...(name instanceof RegExp ? { pattern: name.source } : { name }),
  ...(within && { within: plain(within) }),
})
