import type { Flags } from './cli/flags.ts'
import type { Printer } from './output/printer.ts'

/** Largest page that servers give. */
export const PAGE = 200

/** Everything of a list that comes in pages: asks until a page is empty. */
export async function allPages<T>(page: (number: number) => Promise<readonly T[]>): Promise<T[]> {
  const all: T[] = []
  for (let number = 0; ; number++) {
    const items = await page(number)
    if (items.length === 0) return all
    all.push(...items)
  }
}

/** What --page, --per-page and --all ask for. `page` gets the parameters of the query. */
export async function listPages<T>(
  flags: Flags,
  out: Printer,
  page: (params: string) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const perPage = flags.int('per-page')
  if (perPage > PAGE) out.warn(`The server gives at most ${PAGE} entries a page; --per-page ${perPage} asks for more.`)
  const ask = (number: number) => page(`page=${number}&per_page=${Math.min(perPage, PAGE)}`)
  return flags.bool('all') ? allPages(ask) : ask(flags.int('page'))
}
