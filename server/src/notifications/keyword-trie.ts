type Node = { next: Map<string, Node>; owners: Set<string> | null }

const newNode = (): Node => ({ next: new Map(), owners: null })

/**
 * Keywords that match inside words (Korean has no blank between a name and what follows it), with their owners.
 * A look-up reads each character of the word once per keyword that agrees so far, however many keywords there are.
 */
export class KeywordTrie {
  readonly #root = newNode()

  add(keyword: string, owner: string): void {
    let node = this.#root
    for (let i = 0; i < keyword.length; i++) {
      let next = node.next.get(keyword[i]!)
      if (!next) node.next.set(keyword[i]!, (next = newNode()))
      node = next
    }
    node.owners ??= new Set()
    node.owners.add(owner)
  }

  remove(keyword: string, owner: string): void {
    const path = [this.#root]
    for (let i = 0; i < keyword.length; i++) {
      const next = path[i]!.next.get(keyword[i]!)
      if (!next) return
      path.push(next)
    }
    path[keyword.length]!.owners?.delete(owner)
    for (let i = keyword.length; i > 0; i--) {
      const node = path[i]!
      if (node.next.size > 0 || (node.owners && node.owners.size > 0)) return
      path[i - 1]!.next.delete(keyword[i - 1]!)
    }
  }

  /** Calls `found` with the owners of every keyword that occurs in `word`. */
  search(word: string, found: (owners: ReadonlySet<string>) => void): void {
    if (this.#root.next.size === 0) return
    for (let start = 0; start < word.length; start++) {
      let node = this.#root.next.get(word[start]!)
      for (let at = start + 1; node; at++) {
        if (node.owners && node.owners.size > 0) found(node.owners)
        node = at < word.length ? node.next.get(word[at]!) : undefined
      }
    }
  }
}
