/** What stands behind the address in `(url =100x50 "title")`. */
export type TargetExtras = { title: string; width: number; height: number }

const EXTRAS =
  /^\(\s*(?:<(?:[^<>\n\\]|\\.)*>|\S+)(?:\s+=(?<width>\d{0,5})(?:x(?<height>\d{0,5}))?)?(?:\s+(?:"(?<double>[^]*)"|'(?<single>[^]*)'|\((?<round>[^]*)\)))?\s*\)$/

/** Reads size and title of a link target that is known to be one, brackets included. */
export function readExtras(target: string): TargetExtras {
  const groups = /\s/.test(target) ? EXTRAS.exec(target)?.groups : undefined
  const title = groups?.double ?? groups?.single ?? groups?.round ?? ''
  return {
    title: title.replace(/\\([!-/:-@[-`{-~])/g, '$1'),
    width: Number(groups?.width ?? 0),
    height: Number(groups?.height ?? 0),
  }
}
