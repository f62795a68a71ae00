/** Where the middle of something is, in the window. */
export interface Place {
  readonly x: number
  readonly y: number
}

interface Wanted {
  readonly role: string
  readonly name?: string
  readonly pattern?: string
  readonly text?: string
  readonly within?: Wanted
}

/**
 * Runs in the page, by its source: finds the last visible thing of a role, brings it into view, and says where the pointer
 * reaches it, or in a string why not. It knows the roles that the journeys look for.
 */
export function seek(wanted: Wanted): Place | string {
  const elements: Record<string, string> = {
    article: 'article',
    button: 'button',
    complementary: 'aside',
    link: 'a[href]',
    radio: 'input[type=radio]',
    searchbox: 'input[type=search]',
    textbox: 'textarea, input:not([type]), input[type=text], input[type=email], input[type=password]',
  }
  const nameOf = (element: Element): string => {
    const ids = element.getAttribute('aria-labelledby')?.split(' ') ?? []
    const labels = [...((element as HTMLInputElement).labels ?? [])]
    const named = ids.map((id) => document.querySelector(`[id="${id}"]`)?.textContent ?? '').join(' ')
    const words = element.getAttribute('aria-label') ?? labels.map((label) => label.textContent).join(' ')
    return (named || words || element.textContent || '').trim()
  }
  const fits = (element: Element, { name, pattern, text }: Wanted): boolean => {
    if (name !== undefined && nameOf(element) !== name) return false
    if (pattern !== undefined && !new RegExp(pattern).test(nameOf(element))) return false
    return text === undefined || (element.textContent ?? '').includes(text)
  }
  const all = (sight: Wanted): Element[] => {
    const places: ParentNode[] = sight.within ? all(sight.within) : [document]
    const own = elements[sight.role]
    const selector = `[role="${sight.role}"]${own ? `, ${own.replaceAll(/,|$/g, ':not([role])$&')}` : ''}`
    const found = places.flatMap((place) => [...place.querySelectorAll(selector)])
    return found.filter((element) => element.checkVisibility({ visibilityProperty: true }) && fits(element, sight))
  }
  const element = all(wanted).at(-1)
  if (!element) return 'is not there'
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  const { left, top, width, height } = element.getBoundingClientRect()
  const x = Math.min(Math.max(left, 0) + (Math.min(left + width, innerWidth) - Math.max(left, 0)) / 2, innerWidth - 1)
  const y = Math.min(Math.max(top, 0) + (Math.min(top + height, innerHeight) - Math.max(top, 0)) / 2, innerHeight - 1)
  const hit = document.elementFromPoint(x, y)
  // A radio button may be drawn by its label.
  const parts = [element, ...((element as HTMLInputElement).labels ?? [])]
  if (hit && parts.some((part) => part.contains(hit))) return { x, y }
  return `is covered by ${hit?.outerHTML.slice(0, 120) ?? 'nothing'}`
}
