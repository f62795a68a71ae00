import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

interface Axe {
  run(context: object, options: object): Promise<{ violations: Violation[] }>
}

const { source } = createRequire(import.meta.resolve('@axe-core/playwright'))('axe-core') as { source: string }

interface Scope {
  /** selectors of what is looked at; the whole page when absent */
  readonly within?: readonly string[]
  /** only these rules */
  readonly rules?: readonly string[]
}

/**
 * What axe finds, each as its rule and the first places. Runs in the page as it is and keeps only what is wrong: the
 * builder of @axe-core/playwright loads axe anew each time and opens a second page for its answers, which takes ten times as long.
 */
export async function violations(page: Page, { within, rules }: Scope = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const found = await page.evaluate(
    async ([include, only]) => {
      const { axe } = window as unknown as { axe: Axe }
      // Tooltips lie over everything, as part of what they describe. The keys at the end of an item of a menu are no part of its name.
      const context = { exclude: ['[role=tooltip]'], ...(include && { include }) }
      const off = { 'label-content-name-mismatch': { enabled: false } }
      const options = { resultTypes: ['violations'], ...(only ? { runOnly: only } : { rules: off }) }
      return (await axe.run(context, options)).violations
    },
    [within, rules] as const,
  )
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 160))
        .join(' | ')}`,
  )
}

/** The same in light, and of colours in dark. */
export async function barriers(page: Page, within?: readonly string[]): Promise<string[]> {
  const rules = ['color-contrast', 'link-in-text-block']
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const light = await violations(page, { within })
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  const dark = await violations(page, { within, rules })
  return [...light.map((one) => `light ${one}`), ...dark.map((one) => `dark ${one}`)]
}
