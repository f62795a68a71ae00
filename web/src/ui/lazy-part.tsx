import { lazy } from 'react'
import type { ComponentType, ReactNode } from 'react'

/** The code of a part of the page did not come. */
export class PartNotLoaded extends Error {
  /** Lets the part be asked for again when it is next shown. For whoever shows something else in its place. */
  readonly renew: () => void

  constructor(cause: unknown, renew: () => void) {
    super('A part of the page could not be loaded', { cause })
    this.renew = renew
  }
}

/** As React's `lazy`, but what could not be loaded, as without a network, can be asked for again. */
export function lazyPart<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
  const begin = () => lazy(() => load().catch(fail))
  // Not renewed right here: React draws once more what failed, and would ask without end.
  const renew = (): void => void (Part = begin())
  const fail = (cause: unknown): never => {
    throw new PartNotLoaded(cause, renew)
  }
  let Part = begin()
  return function LazyPart(props: Props): ReactNode {
    return <Part {...props} />
  }
}
